import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ArrayType, type Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Scope } from './scope.js';

/** A key as it is stored: its secret only as a hash, so that a stolen copy of the table opens nothing. */
@Entity({ tableName: 'access_key' })
export class AccessKey {
  /** Public: it stands in the key itself, in lists and in the change log. */
  @PrimaryKey({ type: 'text' })
  id!: string;
  @Property({ type: 'text' })
  name!: string;
  /** SHA-256 of the secret. A key is random and long, so it needs no slow hash. */
  @Property({ type: 'text' })
  hash!: string;
  @Property({ type: ArrayType })
  scopes!: Scope[];
  @Property({ columnType: 'timestamptz(3)', type: 'datetime', defaultRaw: 'now()' })
  createdAt!: Opt<Date>;
  @Property({ columnType: 'timestamptz(3)', type: 'datetime', nullable: true })
  expiresAt!: Date | null;
  @Property({ columnType: 'timestamptz(3)', type: 'datetime', nullable: true })
  revokedAt!: Date | null;
}

/** `stedenband_<id>_<secret>`: the front lets secret scanners find one that leaked. */
const KEY = /^stedenband_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A new key: what to store, and the text that is shown once. */
export function newKey(): { id: string; hash: string; text: string } {
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, hash: digest(secret).toString('hex'), text: `stedenband_${id}_${secret}` };
}

/** The parts of a text that can be a key. */
export function parseKey(text: string): { id: string; secret: string } | undefined {
  const [, id, secret] = KEY.exec(text) ?? [];
  return id && secret ? { id, secret } : undefined;
}

/** Whether a secret is the one a hash was made of, in a time that says nothing of where they differ. */
export function isSecretOf(secret: string, hash: string): boolean {
  return timingSafeEqual(digest(secret), Buffer.from(hash, 'hex'));
}

/** Whether two secrets of any length are the same, in a time that says nothing of either. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
