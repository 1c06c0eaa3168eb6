import type { IncomingMessage } from 'node:http';
import { abbreviate, InputError, truncate } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { parseJson, RequestError, readBody } from '../http/body.js';
import { searchOf } from '../http/request-target.js';

/** The versions of the Reconciliation Service API, as manifests name them. */
export type ApiVersion = '0.2' | '1.0-draft';

/** Limits the queries of a batch, and the records of an extension. */
export const MAX_BATCH = 100;

/** The parameters of a request: of its address and of a form. */
export type Parameters = Readonly<Record<string, string>>;

/**
 * Reads the parameters in the address of a request, and those of a form in its body, which OpenRefine sends.
 *
 * @throws RequestError for a parameter that occurs twice, or a body that is no text.
 */
export async function readParameters(request: IncomingMessage): Promise<Parameters> {
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
  const body = request.method === 'POST' && isForm ? await readBody(request) : '';
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of [...new URLSearchParams(searchOf(request)), ...new URLSearchParams(body)]) {
    if (name in parameters) throw new RequestError(400, message('PARAMETER_REPEATED', { name: truncate(name, 60) }));
    parameters[name] = value;
  }
  return parameters;
}

/** Reads a JSON body. */
export const readJsonBody = async (request: IncomingMessage): Promise<unknown> => parseJson(await readBody(request));

/** Checks the shape of what a client sent, by the path of each value. */
export class Shape {
  constructor(private readonly version: ApiVersion) {}

  #fail(path: string, expected: string, value: unknown): never {
    const params = { path, expected, version: this.version, value: abbreviate(value) };
    throw new InputError(message('RECONCILE_SHAPE', params));
  }

  object(value: unknown, path: string): Record<string, unknown> {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return this.#fail(path, 'object', value);
  }

  array(value: unknown, path: string): unknown[] {
    return Array.isArray(value) ? value : this.#fail(path, 'array', value);
  }

  string(value: unknown, path: string): string {
    return typeof value === 'string' ? value : this.#fail(path, 'string', value);
  }

  nonEmptyString(value: unknown, path: string): string {
    return this.string(value, path).trim() === '' ? this.#fail(path, 'non-empty string', value) : (value as string);
  }

  positiveInteger(value: unknown, path: string): number {
    const number = typeof value === 'string' ? Number(value) : value;
    return Number.isSafeInteger(number) && Number(number) > 0
      ? Number(number)
      : this.#fail(path, 'positive integer', value);
  }

  oneOf<T extends string>(value: unknown, path: string, values: readonly T[]): T {
    return values.find(item => item === value) ?? this.#fail(path, values.join(' | '), value);
  }

  /** Returns property values as texts: an entity counts as its id. */
  values(value: unknown, path: string): string[] {
    return (Array.isArray(value) ? value : [value]).map((item: unknown, i) => {
      if (typeof item === 'string') return item;
      if (typeof item === 'number' || typeof item === 'boolean') return String(item);
      return this.string(this.object(item, `${path}.${i}`).id, `${path}.${i}.id`);
    });
  }
}

/** @throws RequestError 413 for more than a batch may hold. */
export function checkBatch(count: number, path: string): void {
  if (count > MAX_BATCH) throw new RequestError(413, message('RECONCILE_TOO_MANY', { path, limit: MAX_BATCH, count }));
}
