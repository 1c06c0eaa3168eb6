import { isAscii, isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { checkValues } from '../../limits/json-values.js';

/** A request body may be this long, in bytes. */
export const MAX_BODY_BYTES = 100_000;
/** That of a router, which asks for a thousand records by key at once. */
export const MAX_ROUTER_BODY_BYTES = 1_000_000;

const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)/i;

/** A request that is refused before GraphQL sees it. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Whether a request says that its body is JSON. */
export function hasJsonContentType({ headers }: IncomingMessage): boolean {
  if (headers['content-type'] === 'application/json') return true;
  return /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}

/**
 * The body of a request as text; empty when it has none.
 *
 * @param most How long it may be.
 * @throws RequestError 413 for a longer one, 415 for a compressed one or another charset, 400 for one that is not UTF-8.
 */
export function readBody(request: IncomingMessage, most?: number): Promise<string> {
  return new Promise((resolve, reject) => {
    readBodyCallback(request, (error, text) => (error ? reject(error) : resolve(text)), most);
  });
}

/** As `readBody`, for whoever cannot wait for a promise: that takes a tenth of a kept answer. */
export function readBodyCallback(
  request: IncomingMessage,
  done: (error: Error | undefined, text: string) => void,
  most = MAX_BODY_BYTES,
): void {
  const problem = unsupportedEncoding(request);
  if (problem) {
    done(problem, '');
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  let isDone = false;
  const settle = (error: Error | undefined, text = ''): void => {
    if (!isDone) done(error, text);
    isDone = true;
  };
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
    // What is too long is read on and forgotten: an answer to a request that is still being sent gets lost.
    else settle(new RequestError(413, `A request body is at most ${most} bytes.`));
  });
  request.on('end', () => {
    const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    if (isAscii(bytes)) settle(undefined, bytes.toString('latin1'));
    else if (isUtf8(bytes)) settle(undefined, bytes.toString('utf8'));
    else settle(new RequestError(400, 'The request body is not UTF-8.'));
  });
  request.on('error', error => settle(error));
}

function unsupportedEncoding(request: IncomingMessage): RequestError | undefined {
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    return new RequestError(415, 'A request body may not be compressed; send it as it is.');
  }
  const charset = CHARSET.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    return new RequestError(415, 'A request body is UTF-8, whatever else its charset could be.');
  }
  return undefined;
}

/**
 * What a request says in JSON.
 *
 * @throws RequestError 400 for a text that is not JSON, InputError for JSON that is nested too deep or holds what no
 * answer can be made of.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RequestError(400, `The request body is not JSON: ${(error as Error).message}.`);
  }
  checkValues(value, 'The request body');
  return value;
}

/** The JSON body of a request; undefined when it has none, so that Apollo's own checks answer. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request);
  return text === '' || !hasJsonContentType(request) ? undefined : parseJson(text);
}
