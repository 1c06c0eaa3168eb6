import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { abbreviate, type ErrorCode } from '../errors.js';

const MAX_URL_LENGTH = 2_000;

/** Returns whether a text is an http or https address, which is safe to follow: other schemes can run code. */
export function isWebAddress(text: string): boolean {
  return text.length <= MAX_URL_LENGTH && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function parse(value: unknown): string {
  if (typeof value === 'string' && isWebAddress(value)) return value;
  throw new GraphQLError(
    `URL cannot represent ${abbreviate(value)}: an address begins with http:// or https:// and has at most ${MAX_URL_LENGTH} characters.`,
    {
      extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode },
    },
  );
}

export const HttpUrl = new GraphQLScalarType<string, string>({
  name: 'URL',
  description: 'A web address: http or https, at most 2,000 characters.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: parse,
  parseValue: parse,
  parseLiteral: node => {
    if (node.kind === Kind.STRING) return parse(node.value);
    throw new GraphQLError(`URL cannot represent ${node.kind}: an address is a string.`, { nodes: node });
  },
});
