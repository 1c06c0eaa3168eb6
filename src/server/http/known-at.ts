import type { IncomingMessage } from 'node:http';
import { abbreviate, graphqlError } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { searchOf } from './request-target.js';

/** The parameter of the URL, and of `connection_init`. */
const PARAMETER = 'knownAt';
/** The header, for clients that cannot change the URL: routers and gateways. */
const HEADER = 'Register-Known-At';
const HEADER_NAME = 'register-known-at';

/** Matches a URL that may have the parameter, or a misspelling of it. The letters of its name can be percent-encoded. */
const MAY_HAVE_PARAMETER = /[?&][^=&?]*(?:known|%)/i;

/**
 * Matches the offset of an instant whose plus sign was not encoded: in a query string it denotes a blank, and a client that
 * read its moment there sends the blank on.
 */
const OFFSET_AFTER_BLANK = / (?=\d\d:\d\d$)/;

const withPlus = (moment: string): string => (/t/i.test(moment) ? moment.replace(OFFSET_AFTER_BLANK, '+') : moment);

/**
 * Returns the past moment that a request is about, as the client wrote it. Undefined for the present, without parsing the
 * URL.
 *
 * @param parameter The parameter of `connection_init`, or of a form, if there is one.
 * @param parameterName Its name in messages.
 * @throws GraphQLError BAD_REQUEST if the request has two moments, or a misspelling of the parameter.
 */
export function requestedMoment(
  request: IncomingMessage,
  parameter?: unknown,
  parameterName = `connectionParams.${PARAMETER}`,
): string | undefined {
  const { url = '/', headers } = request;
  const hasHeader = headers[HEADER_NAME] !== undefined;
  if (!hasHeader && parameter == null && !MAY_HAVE_PARAMETER.test(url)) return undefined;
  const parameters = new URLSearchParams(searchOf(request));
  refuseMisspelling(parameters);
  const inUrl = parameters.getAll(PARAMETER);
  const inHeader = hasHeader ? (request.headersDistinct[HEADER_NAME] ?? []) : [];
  for (const [name, values] of [[PARAMETER, inUrl] as const, [HEADER, inHeader] as const])
    if (values.length > 1) throw graphqlError('BAD_REQUEST', message('KNOWN_AT_REPEATED', { name }));
  const moments: (readonly [name: string, value: string])[] = [
    ...inUrl.map(value => [PARAMETER, withPlus(value)] as const),
    ...inHeader.map(value => [HEADER, withPlus(value)] as const),
  ];
  if (parameter != null)
    moments.push([parameterName, typeof parameter === 'string' ? withPlus(parameter) : abbreviate(parameter)]);
  const [first] = moments;
  const other = moments.find(([, value]) => value !== first?.[1]);
  if (first && other) {
    const params = { name: first[0], value: abbreviate(first[1]), otherName: other[0], other: abbreviate(other[1]) };
    throw graphqlError('BAD_REQUEST', message('KNOWN_AT_DISAGREES', params));
  }
  return first?.[1];
}

/** Refuses a parameter with the same letters, such as `knownat` or `knownAt[]`: the answer would be about the present. */
function refuseMisspelling(parameters: URLSearchParams): void {
  for (const name of parameters.keys()) {
    if (name === PARAMETER || name.replaceAll(/[^a-z]/gi, '').toLowerCase() !== PARAMETER.toLowerCase()) continue;
    throw graphqlError('BAD_REQUEST', message('KNOWN_AT_MISSPELT', { value: abbreviate(name), name: PARAMETER }));
  }
}

/** Returns whether the URL of a request about a past moment has no moment, so that a cache by URLs could confuse answers. */
export const isMomentInHeaderOnly = (request: IncomingMessage): boolean =>
  request.headers[HEADER_NAME] !== undefined && !new URLSearchParams(searchOf(request)).has(PARAMETER);
