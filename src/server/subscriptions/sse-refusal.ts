import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { httpStatusOf, sendErrors } from '../http/error-response.js';
import { languageOf } from '../http/language.js';
import { localizeResult } from '../http/localize.js';
import { recordError } from '../observability/operation-context.js';
import { sendSingleResult } from './sse-stream.js';

/** Refuses a client by a status, but reports other errors of a document in the only event of a stream, as the protocol requires. */
export function refuse(
  response: ServerResponse,
  errors: readonly GraphQLFormattedError[],
  headers: Readonly<Record<string, string>> = {},
): void {
  for (const { extensions } of errors) recordError(String(extensions?.code));
  const status = httpStatusOf(errors[0] ?? {});
  if (status === 400) sendSingleResult(response, headers, localizeResult({ errors }, languageOf(response.req)));
  else sendErrors(response, errors, status, headers);
}
