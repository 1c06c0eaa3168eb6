import { isReaderLanguage } from './language-codes.js';
import type { ReaderLanguage } from './result/format.js';
import { type KnownAt, knownAtOf } from './result/known-at.js';

/** State of the page that its address holds. All is in the fragment, which a browser does not send. */
export interface AddressState {
  /** Operation name of an example question; `query` is undefined then. */
  readonly question?: string | undefined;
  /** Text of another operation. */
  readonly query?: string | undefined;
  /** Variables as JSON; undefined for those of the example question. */
  readonly variables?: string | undefined;
  readonly operationName?: string | undefined;
  /** Name of the view: `map`, `table`. */
  readonly view?: string | undefined;
  readonly language?: ReaderLanguage | undefined;
  readonly knownAt?: KnownAt | undefined;
  /** Settings of views by name: `table.list`. */
  readonly settings: ReadonlyMap<string, string>;
}

const FIELDS = ['question', 'query', 'variables', 'operationName', 'view', 'language', 'knownAt'] as const;

/** Matches the name of a setting, which is written into an address without escapes. */
const SETTING = /^[a-z][A-Za-z]*(?:\.[\w-]+)+$/;

/** Characters of a fragment that need no escape (RFC 3986), apart from those that separate parameters. */
const READABLE = /%(?:3A|2F|3F|40|24|2C|3B|21|28|29|2A|27)/g;

const escapeValue = (value: string): string =>
  encodeURIComponent(value).replaceAll(READABLE, decodeURIComponent).replaceAll('%20', '+');

/**
 * Reads the state in an address. What an old link has before the fragment (`?query=`, `?variables=`, `?operationName=`,
 * `?knownAt=`) counts if the fragment does not have it.
 */
export function readAddress(search: string, hash: string): AddressState {
  const [parameters, old] = [new URLSearchParams(hash.replace(/^#/, '')), new URLSearchParams(search)];
  const parameter = (name: string) => parameters.get(name) ?? undefined;
  const operation = parameters.has('question') || parameters.has('query') ? parameters : old;
  const language = parameter('language');
  return {
    question: parameter('question'),
    query: operation.get('query') ?? undefined,
    variables: operation.get('variables') ?? undefined,
    operationName: operation.get('operationName') ?? undefined,
    view: parameter('view'),
    language: isReaderLanguage(language) ? language : undefined,
    knownAt: knownAtOf(`?${hash.replace(/^#/, '')}`) ?? knownAtOf(search),
    settings: new Map([...parameters].filter(([name]) => SETTING.test(name))),
  };
}

/** Writes a state as a fragment, with its `#`; values that are undefined are left out. */
export function writeAddress(state: AddressState): string {
  const parts = FIELDS.flatMap(name => {
    const value = state[name];
    return value === undefined ? [] : [`${name}=${escapeValue(value)}`];
  });
  const settings = [...state.settings].map(([name, value]) => `${name}=${escapeValue(value)}`);
  return `#${[...parts, ...settings].join('&')}`;
}
