import type { IncomingMessage } from 'node:http';
import { checkValues } from '../limits/values.js';

/** A request body may be this long, in bytes. */
const LARGEST_BODY = 100_000;

/** A request that is refused before GraphQL sees it. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The JSON body of a request; undefined when it has none, so that Apollo's own checks answer.
 *
 * @throws RequestError 413 for a body over 100 kB, 415 for a compressed one or another charset, 400 for one that is not UTF-8 or not JSON;
 * InputError for JSON that is nested too deep or holds what no answer can be made of.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    throw new RequestError(415, 'A request body may not be compressed; send it as it is.');
  }
  const type = request.headers['content-type'] ?? '';
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new RequestError(415, 'A request body is UTF-8, whatever else its charset could be.');
  }
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop may not destroy the request: its answer would go with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) {
      request.resume();
      throw new RequestError(413, `A request body is at most ${LARGEST_BODY} bytes.`);
    }
    chunks.push(chunk);
  }
  if (length === 0 || !/^application\/json\s*(?:;|$)/i.test(type)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new RequestError(400, 'The request body is not UTF-8.');
  }
  const body = parseJson(text);
  checkValues(body, 'The request body');
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestError(400, `The request body is not JSON: ${(error as Error).message}.`);
  }
}
