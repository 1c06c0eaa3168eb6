import type { ErrorCode } from './generated/error-codes.js';

/**
 * Codes of this client, beside those of the register:
 * - `UNREACHABLE`: there was no answer, or not a whole one, or no key to ask with; `cause` has the reason.
 * - `UNEXPECTED_RESPONSE`: something else than the register answered, such as a proxy.
 * - `NOT_OF_THE_MOMENT`: an answer about a past moment does not say so, because a proxy dropped the moment.
 */
export type ClientErrorCode = 'UNREACHABLE' | 'UNEXPECTED_RESPONSE' | 'NOT_OF_THE_MOMENT';

/** An error of a response: the message is for people, in the language of the connection, `extensions` are for programs. */
export interface ResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    /** A newer register may have codes that this list lacks. */
    readonly code?: ErrorCode | (string & {});
    /** The rule that a value breaks, of the enum `Rule` of the schema. */
    readonly rule?: string;
    readonly params?: Readonly<Record<string, string | number>>;
    readonly [name: string]: unknown;
  };
}

interface Details {
  errors?: readonly ResponseError[];
  data?: unknown;
  retryAfterSeconds?: number | undefined;
  lastCommon?: string | undefined;
  cause?: unknown;
}

/** The error of every method of this client. `code` is that of the first error of the response. */
export class RegisterError extends Error {
  readonly code: ErrorCode | ClientErrorCode;
  override readonly name = 'RegisterError';
  /** All errors of the response. */
  readonly errors: readonly ResponseError[];
  /** The rest of the answer, if an error concerns a part of it: the fields with errors are null. */
  readonly data: unknown;
  /** Seconds after which the request may succeed, if it may; 0 if a proxy names none. */
  readonly retryAfterSeconds: number | undefined;
  /** The last change that both histories have, if the register knows it, of `HISTORY_CHANGED`. */
  readonly lastCommon: string | undefined;

  constructor(code: ErrorCode | ClientErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.errors = details.errors ?? [];
    this.data = details.data;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.lastCommon = details.lastCommon;
  }
}

/** Returns the errors of a response as one. */
export function errorOf(
  errors: readonly ResponseError[],
  details: Details = {},
  otherwise: ErrorCode | ClientErrorCode = 'UNEXPECTED_RESPONSE',
): RegisterError {
  const [first] = errors;
  const { code, lastCommon, retryAfter } = first?.extensions ?? {};
  return new RegisterError((code ?? otherwise) as ErrorCode, first?.message ?? 'The error has no message.', {
    ...details,
    errors,
    retryAfterSeconds: typeof retryAfter === 'number' ? retryAfter : details.retryAfterSeconds,
    ...(typeof lastCommon === 'string' && { lastCommon }),
  });
}

/** Returns the error of a request without an answer. */
export function unreachable(cause: unknown): RegisterError {
  const reason = cause instanceof Error ? cause.message : cause;
  return new RegisterError('UNREACHABLE', `The register cannot be reached: ${reason}`, { cause });
}

/** Returns the seconds after which a response asks to try again, also if it has a date, as proxies write it. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  const seconds = Number(text) || Math.ceil((Date.parse(text) - Date.now()) / 1_000);
  return seconds > 0 ? seconds : undefined;
}

/** Returns the value of a JSON text, or `undefined` if it is no JSON. */
export function parseJson<T>(text: string): T | null | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** Returns the error of a response that has errors or no result. */
export function refusalOf(response: Response, text: string): RegisterError {
  const { status, url } = response;
  // A proxy answers so while the register restarts, with a code of its own or none.
  const code = status === 429 ? 'RATE_LIMITED' : status >= 500 ? 'SERVICE_UNAVAILABLE' : 'UNEXPECTED_RESPONSE';
  const retryAfterSeconds = retryAfterOf(response) ?? (code === 'UNEXPECTED_RESPONSE' ? undefined : 0);
  const { errors, data } = parseJson<Details>(text) ?? {};
  if (Array.isArray(errors) && errors.length)
    return errorOf(errors, { data: data ?? undefined, retryAfterSeconds }, code);
  const message = `The response of ${url} is not of a register: ${status} ${text.slice(0, 100)}`;
  return new RegisterError(code, message.trim(), { retryAfterSeconds });
}

const PASSING = new Set<string>([
  'UNREACHABLE',
  'SERVICE_UNAVAILABLE',
  'RATE_LIMITED',
  'TOO_SLOW',
  'TOO_MANY_SUBSCRIPTIONS',
  'INTERNAL_SERVER_ERROR',
  'UNAUTHENTICATED',
]);

/**
 * Returns true for an error that a later attempt may not have: one of those above, or one with the time of that attempt.
 * `UNAUTHENTICATED` is one: the key may be renewed.
 */
export const isPassing = (error: unknown): error is RegisterError =>
  error instanceof RegisterError && (PASSING.has(error.code) || error.retryAfterSeconds !== undefined);

/** Returns true if the changes after a cursor cannot be read, because the register was restored or is another one. */
export const isOfAnotherHistory = (error: unknown): error is RegisterError =>
  error instanceof RegisterError && (error.code === 'HISTORY_CHANGED' || error.code === 'INVALID_CURSOR');
