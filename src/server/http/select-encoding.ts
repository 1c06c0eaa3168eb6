import type { IncomingMessage, ServerResponse } from 'node:http';
import { abbreviate } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { RequestError } from './body.js';
import { acceptedEncodings, ENCODINGS, type Encoding } from './content-encoding.js';
import { varyOn } from './response.js';

/**
 * Returns the encoding that a client prefers among those in which a response exists.
 *
 * @throws RequestError 406 if it accepts none of them.
 */
export function selectEncoding(
  request: IncomingMessage,
  response: ServerResponse,
  available: readonly Encoding[] = ENCODINGS,
): Encoding {
  const encoding = acceptedEncodings(request).find(accepted => available.includes(accepted));
  if (encoding) return encoding;
  response.setHeader('vary', varyOn(response, 'Accept-Encoding'));
  const header = abbreviate(String(request.headers['accept-encoding']));
  const problem = message('ENCODING_NOT_ACCEPTABLE', { offered: available.join(', '), header });
  throw new RequestError(406, problem);
}
