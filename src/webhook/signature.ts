import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { sameSecret } from '../access/key.js';

/** The secrets of a webhook, as they are stored. Signing needs the secrets themselves: a hash would not do. */
export interface SigningSecrets {
  /** `whsec_` and 32 random bytes in Base64: the receiver has it, too. */
  secret: string;
  /** `whsk_` and the private key of Ed25519 in Base64, which never leaves the register. */
  signingKey: string;
}

/** A receiver tells a private key, a public key and a secret from each other by these. */
const SECRET_PREFIX = 'whsec_';
const PRIVATE_PREFIX = 'whsk_';
const PUBLIC_PREFIX = 'whpk_';

const SECRET_BYTES = 32;
/** Node reads and writes keys as DER; Standard Webhooks has the 32 bytes behind these of Ed25519. */
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER_BYTES = 12;

/** Generates the secrets of a webhook. */
export function newSigningSecrets(): SigningSecrets {
  const der = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
  return {
    secret: SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64'),
    signingKey: PRIVATE_PREFIX + der.subarray(PRIVATE_DER.length).toString('base64'),
  };
}

/** Returns the public key of a private one: `whpk_` and 32 bytes in Base64. */
export function publicKeyOf(signingKey: string): string {
  const der = createPublicKey(privateKey(signingKey)).export({ format: 'der', type: 'spki' });
  return PUBLIC_PREFIX + der.subarray(PUBLIC_DER_BYTES).toString('base64');
}

function privateKey(signingKey: string): KeyObject {
  const seed = Buffer.from(signingKey.slice(PRIVATE_PREFIX.length), 'base64');
  return createPrivateKey({ key: Buffer.concat([PRIVATE_DER, seed]), format: 'der', type: 'pkcs8' });
}

/** A message to sign. */
export interface SignedMessage {
  /** The id of the event: equal for each attempt. */
  id: string;
  /** Seconds since 1970, of the attempt. */
  timestamp: number;
  body: string;
}

/**
 * Returns the header `webhook-signature` of Standard Webhooks: for each pair of secrets a `v1` (HMAC with SHA-256) and a
 * `v1a` (Ed25519). During a rotation there are two pairs, so that a receiver verifies with either.
 */
export function signatureHeader(message: SignedMessage, secrets: readonly SigningSecrets[]): string {
  const content = contentOf(message);
  return secrets
    .flatMap(({ secret, signingKey }) => [
      hmacSignature(content, secret),
      `v1a,${sign(null, Buffer.from(content), privateKey(signingKey)).toString('base64')}`,
    ])
    .join(' ');
}

/** Returns whether a header `webhook-signature` has the `v1` signature of a message by a secret. */
export function isSignedBy(secret: string, header: string, message: SignedMessage): boolean {
  return sameSecret(hmacSignature(contentOf(message), secret), header.split(' '));
}

const contentOf = ({ id, timestamp, body }: SignedMessage): string => `${id}.${timestamp}.${body}`;

function hmacSignature(content: string, secret: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}
