import { GraphQLScalarType, Kind } from 'graphql';
import { type Message, message } from '../../messages/message.js';
import { abbreviate, InputError } from '../errors.js';

const MAX_URL_LENGTH = 2_000;

/** Matches the start of an address with a user name or password. */
const CREDENTIALS = /^(\s*https?:[\\/]*)[^\\/?#]*@/i;

/** The rule of `webAddress`, for messages. */
export const WEB_ADDRESS_RULE = `an address must start with http:// or https:// and have at most ${MAX_URL_LENGTH} characters, percent-encoded, without a user name or password`;

/** Parses an http or https address; undefined for any other text: other schemes can run code. */
function parseAddress(text: string): URL | undefined {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.href.length <= MAX_URL_LENGTH ? url : undefined;
}

/**
 * Returns a web address in its normal form, in which it is stored: `HTTPS://Example.NL/友` → `https://example.nl/%E5%8F%8B`.
 * Undefined for a text that is none, and for an address with a user name or password: it would publish a secret, or show
 * the name of another site before the `@`.
 */
export function webAddress(text: string): string | undefined {
  const url = parseAddress(text);
  return url && !url.username && !url.password ? url.href : undefined;
}

/** Returns the message for a value that is no web address. Does not repeat a user name or password. */
export function notWebAddress(value: unknown): Message {
  const shown = typeof value === 'string' ? value.replace(CREDENTIALS, '$1…@') : value;
  return message('URL_FORM', { value: abbreviate(shown), limit: MAX_URL_LENGTH });
}

function parse(value: unknown): string {
  const address = typeof value === 'string' ? webAddress(value) : undefined;
  if (address === undefined) throw new InputError(notWebAddress(value));
  return address;
}

/** Returns a stored address unchanged: the citations in the log have it in the same form. Older ones may have a user name. */
function serialize(value: unknown): string {
  if (typeof value === 'string' && parseAddress(value)) return value;
  throw new InputError(notWebAddress(value));
}

export const HttpUrl = new GraphQLScalarType<string, string>({
  name: 'URL',
  description:
    'A web address: http or https, at most 2,000 characters, without a user name or password. Stored in its normal form: `HTTPS://Example.NL` becomes `https://example.nl/`.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize,
  parseValue: parse,
  parseLiteral: node => {
    if (node.kind === Kind.STRING) return parse(node.value);
    throw new InputError(message('URL_NOT_TEXT', { value: node.kind }));
  },
});
