import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { ExportError } from '../../export/export-error.js';
import { graphqlError } from '../../graph/errors.js';
import { hasUnavailableError, isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import { RequestError } from '../http/body.js';
import { httpStatusOf, statusHeaders } from '../http/error-response.js';
import { html } from '../http/html.js';
import { localizeError } from '../http/localize.js';
import { toGraphqlError } from '../http/mask-errors.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { refusalHeaders } from '../http/rate-limit-headers.js';
import { sendResponse } from '../http/response.js';
import type { Logger } from '../observability/logger.js';
import { page } from './layout.js';
import { languageOfErrorPage } from './page-request.js';
import { PAGE_HEADERS } from './page-response.js';
import { htmlLang, link, readerOf } from './reader.js';

/** The errors of a document of a page, as clients see them. */
export class PageError extends Error {
  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message);
  }
}

/** Tells if a page could not be made because the database is unavailable. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof PageError ? hasUnavailableError(error.errors) : isDatabaseUnavailable(error);

/**
 * Sends the page that says why a request was refused, with its status.
 *
 * @throws The error if no page can be sent: the client disconnected, or the head of another response is sent.
 */
export async function sendErrorPage(
  deps: { logger: Logger },
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  origin: string,
): Promise<void> {
  const prepared = response.headersSent ? undefined : errorPageResponse(deps, request, error, origin);
  if (!prepared) throw error;
  await sendResponse(request, response, prepared.response, prepared.headers);
}

function errorPageResponse(
  { logger }: { logger: Logger },
  request: IncomingMessage,
  error: unknown,
  origin: string,
): { response: PreparedResponse; headers: Record<string, string> } | undefined {
  if (request.destroyed && !request.complete) return undefined;
  if (error instanceof ExportError) return undefined;
  const { language, isNamed } = languageOfErrorPage(request);
  const formatted =
    error instanceof PageError
      ? (error.errors[0] as GraphQLFormattedError)
      : error instanceof RequestError
        ? { ...graphqlError('BAD_REQUEST', error.problem).toJSON() }
        : toGraphqlError(error, logger);
  const status = error instanceof RequestError ? error.status : httpStatusOf(formatted);
  const { message } = localizeError(formatted as never, language);
  const reader = readerOf(language, origin, isNamed);
  const { texts } = reader;
  const body = page(reader, {
    title: texts.error,
    path: '/questions',
    main: html`<p class="kind">${status}</p><h1>${texts.error}</h1><p class="lead">${texts.errorText}</p><div class="notice"><p>${message}</p></div><ul class="plain"><li><a href="${link(reader, '/questions')}">${texts.questions}</a></li></ul>`,
  });
  return {
    response: {
      status,
      headers: { ...PAGE_HEADERS, 'content-language': htmlLang(language), 'cache-control': 'no-store' },
      body,
      encoding: 'utf8',
      isCacheable: false,
      cost: 0,
    },
    headers: {
      ...statusHeaders(status, formatted),
      ...refusalHeaders(error),
    },
  };
}
