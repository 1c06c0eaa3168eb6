import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TextArray } from '../graph/types/text-array.js';
import type { Scope } from './scope.js';

/** A stored key. Its secret is stored as a hash only, so that a stolen copy of the table grants no access. */
@Entity({ tableName: 'access_key' })
export class AccessKey {
  /** Public: part of the key, shown in lists and in the change log. */
  @PrimaryKey({ type: 'text' })
  id!: string;
  @Property({ type: 'text' })
  name!: string;
  /** SHA-256 of the secret. The secret has 256 random bits, so a slow hash adds nothing. */
  @Property({ type: 'text' })
  hash!: string;
  @Property({ type: TextArray })
  scopes!: Scope[];
  /** Ids of the authorities that it is bound to; empty for a key that is not bound. They were there when it was made. */
  @Property({ type: TextArray, defaultRaw: `'{}'` })
  authorities!: Opt<string[]>;
  @Property({ columnType: 'timestamptz(3)', type: 'datetime', defaultRaw: 'now()' })
  createdAt!: Opt<Date>;
  @Property({ columnType: 'timestamptz(3)', type: 'datetime', nullable: true })
  expiresAt!: Date | null;
  @Property({ columnType: 'timestamptz(3)', type: 'datetime', nullable: true })
  revokedAt!: Date | null;
}

/** The form `stedenband_<id>_<secret>`. Its prefix lets secret scanners detect a leaked key. */
const KEY_PATTERN = /^stedenband_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** Generates a key: the id and hash to store, and the text to show once. */
export function newKey(): { id: string; hash: string; text: string } {
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, hash: digest(secret).toString('hex'), text: `stedenband_${id}_${secret}` };
}

/** Parses the text of a key. Returns `undefined` if it does not have that form. */
export function parseKey(text: string): { id: string; secret: string } | undefined {
  const [, id, secret] = KEY_PATTERN.exec(text) ?? [];
  return id && secret ? { id, secret } : undefined;
}

/** Compares a secret with a stored hash in constant time. */
export function isSecretOf(secret: string, hash: string): boolean {
  return timingSafeEqual(digest(secret), Buffer.from(hash, 'hex'));
}

/** A configured secret; several while clients change from an old one to a new one. */
export type ConfiguredSecret = string | readonly string[];

/** Compares a secret with a configured one in constant time. Hashing first makes the time independent of their lengths. */
export function sameSecret(secret: string, configured: ConfiguredSecret): boolean {
  return [configured].flat().some(value => timingSafeEqual(digest(secret), digest(value)));
}

function digest(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
