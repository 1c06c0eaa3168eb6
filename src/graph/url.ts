import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { shown } from './errors.js';

const LONGEST = 2_000;

/** Whether a text is an address a reader may follow: http or https, nothing that runs code. */
export function isWebAddress(text: string): boolean {
  return text.length <= LONGEST && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function parse(value: unknown): string {
  if (typeof value === 'string' && isWebAddress(value)) return value;
  throw new GraphQLError(
    `URL cannot represent ${shown(value)}: an address begins with http:// or https:// and has at most ${LONGEST} characters.`,
    {
      extensions: { code: 'BAD_USER_INPUT' },
    },
  );
}

export const WebAddress = new GraphQLScalarType<string, string>({
  name: 'URL',
  description: 'A web address, http or https only.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: parse,
  parseValue: parse,
  parseLiteral: node => {
    if (node.kind === Kind.STRING) return parse(node.value);
    throw new GraphQLError(`URL cannot represent ${node.kind}: an address is a string.`, { nodes: node });
  },
});
