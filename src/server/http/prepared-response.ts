import { createHash, hash } from 'node:crypto';
import type { KnownAt } from '../../context.js';
import type { OperationSummary } from '../observability/operation-record.js';
import { compress } from './compress.js';
import type { Coding, Encoding } from './content-encoding.js';
import { SECURITY_HEADER_LIST } from './security-headers.js';

/** A response before it is sent. */
export interface PreparedResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** `latin1` if each character of a text is one byte of the body: it is written without encoding. */
  encoding: 'utf8' | 'latin1';
  /** True for the result of a query without errors, which can be sent to the same request again. */
  isCacheable: boolean;
  /** True if caches of clients may store it for ever: it is about a past moment, and has no texts of this release. */
  isForever?: boolean;
  /** The operation, for the log line of requests that are served from cache. */
  operation?: OperationSummary | undefined;
  /** True if its text depends on the language of the client: that of errors, and of a mutation. Never of a cached one. */
  variesByLanguage?: boolean;
  /** True for a request that is refused as a whole: it shows no state of the register. */
  isRefused?: boolean;
  /** The points that are charged to the client. */
  cost: number;
  /** The past moment that it is about; undefined for the present. */
  knownAt?: KnownAt | undefined;
  /** The header with the tags by which a CDN purges it: name and value. */
  cacheTags?: readonly [name: string, value: string] | undefined;
  /** A strong ETag of the media type and the bytes; computed when it is first needed. */
  etag?: string;
  /** The headers that do not depend on the client, as a list; computed when they are first needed. */
  staticHeaders?: readonly string[];
  /** The compressed forms that clients asked for: made, or being made. */
  compressed?: Partial<Record<Coding, PreparedResponse | Promise<PreparedResponse>>>;
  /** Called when a compressed form was added, with its coding: the cache counts it. */
  onCompressed?: (coding: Coding) => void;
}

/** Limits bodies that are cached as text, which Node writes in one piece with the head. Longer ones are cached as bytes. */
const INLINE_BODY_BYTES = 4_096;
const FORM_OVERHEAD_BYTES = 1_500;

/** Returns a response in the form in which it is cached. */
export function toCacheable(response: PreparedResponse): PreparedResponse {
  return { ...response, ...cacheableBody(bytesOf(response)), operation: detached(response.operation) };
}

/** Returns a body that holds no memory but its own: zlib returns a part of a larger buffer. */
const cacheableBody = (bytes: Buffer) => ({
  body: bytes.length <= INLINE_BODY_BYTES ? bytes.toString('latin1') : Buffer.from(bytes),
  encoding: 'latin1' as const,
});

/** Copies the name of an operation: as a part of its document, it would hold the whole text in memory. */
const detached = (operation: OperationSummary | undefined): OperationSummary | undefined =>
  operation?.operationName === undefined
    ? operation
    : { ...operation, operationName: Buffer.from(operation.operationName).toString() };

const bytesOf = ({ body, encoding }: PreparedResponse) =>
  typeof body === 'string' ? Buffer.from(body, encoding) : body;

export const lengthOf = ({ body, encoding }: PreparedResponse): number => Buffer.byteLength(body, encoding);

/** Returns the estimated memory of a cached response with its compressed forms, in bytes. */
export function memoryOf({ body, compressed, cacheTags }: PreparedResponse): number {
  let bytes = body.length + (cacheTags?.[1].length ?? 0);
  for (const form of Object.values(compressed ?? {})) {
    if (!(form instanceof Promise)) bytes += form.body.length + FORM_OVERHEAD_BYTES;
  }
  return bytes;
}

/**
 * Returns the strong ETag of a response in an encoding: `"…"`, or `"…-br"`. Equal bytes of another media type have another
 * one: a cache would answer with the type that it has (RFC 9110, 8.8.1).
 */
export function etagOf(prepared: PreparedResponse, encoding: Encoding): string {
  prepared.etag ??= `"${digestOf(prepared).slice(0, 27)}"`;
  return etagIn(encoding, prepared.etag);
}

const digestOf = (prepared: PreparedResponse) =>
  createHash('sha256').update(`${prepared.headers['content-type']}\n`).update(bytesOf(prepared)).digest('base64url');

/** Returns the ETag of a representation in an encoding: other bytes have another strong ETag. */
export const etagIn = (encoding: Encoding, etag: string): string =>
  encoding === 'identity' ? etag : `${etag.slice(0, -1)}-${encoding}"`;

/**
 * Returns the strong ETag of a representation that is not in memory: a hash of all that determines its bytes.
 *
 * @param determining Values that JSON can hold.
 */
export const etagBy = (encoding: Encoding, determining: readonly unknown[]): string =>
  etagIn(encoding, `"${hash('sha256', JSON.stringify(determining), 'base64url').slice(0, 22)}"`);

/** Returns the security headers; a page has a policy of its own, and browsers would apply both. */
const securityHeadersOf = ({ headers }: PreparedResponse): readonly string[] =>
  headers['content-security-policy'] === undefined
    ? SECURITY_HEADER_LIST
    : SECURITY_HEADER_LIST.filter((_, index, list) => headers[list[index - (index % 2)] as string] === undefined);

export function staticHeadersOf(prepared: PreparedResponse): readonly string[] {
  prepared.staticHeaders ??= [
    ...securityHeadersOf(prepared),
    ...Object.entries(prepared.headers).flat(),
    'content-length',
    String(lengthOf(prepared)),
  ];
  return prepared.staticHeaders;
}

/**
 * Returns a response in an encoding. A compressed form is made at the first request for it, once for all requests at that
 * time, and stored with the response.
 */
export function representationOf(
  prepared: PreparedResponse,
  encoding: Encoding,
): PreparedResponse | Promise<PreparedResponse> {
  if (encoding === 'identity') return prepared;
  prepared.compressed ??= {};
  const { compressed } = prepared;
  compressed[encoding] ??= compressedForm(prepared, encoding).then(
    form => {
      compressed[encoding] = form;
      prepared.onCompressed?.(encoding);
      return form;
    },
    (error: unknown) => {
      delete compressed[encoding];
      throw error;
    },
  );
  return compressed[encoding];
}

async function compressedForm(prepared: PreparedResponse, coding: Coding): Promise<PreparedResponse> {
  const { status, headers, isCacheable, cost } = prepared;
  const body = cacheableBody(await compress(bytesOf(prepared), coding));
  return { status, headers: { ...headers, 'content-encoding': coding }, ...body, isCacheable, cost };
}
