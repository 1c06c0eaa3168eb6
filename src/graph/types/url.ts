import { GraphQLScalarType, Kind } from 'graphql';
import { type Message, message } from '../../messages/message.js';
import { abbreviate, InputError } from '../errors.js';

const MAX_URL_LENGTH = 2_000;

/** The rule of `webAddress`, for messages. */
export const WEB_ADDRESS_RULE = `an address must start with http:// or https:// and have at most ${MAX_URL_LENGTH} characters, percent-encoded`;

/**
 * Returns a web address in its normal form, in which it is stored: `HTTPS://Example.NL/友` → `https://example.nl/%E5%8F%8B`.
 * Undefined for a text that is no http or https address: other schemes can run code.
 */
export function webAddress(text: string): string | undefined {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.href.length <= MAX_URL_LENGTH ? url.href : undefined;
}

/** Returns the message for a value that is no web address. */
export function notWebAddress(value: unknown): Message {
  return message('URL_FORM', { value: abbreviate(value), limit: MAX_URL_LENGTH });
}

function parse(value: unknown): string {
  const address = typeof value === 'string' ? webAddress(value) : undefined;
  if (address === undefined) throw new InputError(notWebAddress(value));
  return address;
}

/** Returns a stored address unchanged: the citations in the log have it in the same form. */
function serialize(value: unknown): string {
  if (typeof value === 'string' && webAddress(value) !== undefined) return value;
  throw new InputError(notWebAddress(value));
}

export const HttpUrl = new GraphQLScalarType<string, string>({
  name: 'URL',
  description:
    'A web address: http or https, at most 2,000 characters. Stored in its normal form: `HTTPS://Example.NL` becomes `https://example.nl/`.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize,
  parseValue: parse,
  parseLiteral: node => {
    if (node.kind === Kind.STRING) return parse(node.value);
    throw new InputError(message('URL_NOT_TEXT', { value: node.kind }));
  },
});
