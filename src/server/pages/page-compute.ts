import type { IncomingMessage } from 'node:http';
import type { Authenticator } from '../../access/authenticate.js';
import type { Identity } from '../../access/identity.js';
import type { ChangeStream } from '../../change/stream.js';
import type { Context } from '../../context.js';
import type { Fork } from '../../graph/sql/fork.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import type { CacheTags } from '../cache/cache-tags.js';
import type { ResponseCache } from '../cache/response-cache.js';
import { bindMoment } from '../http/bind-moment.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import { JSON_TYPE } from '../http/content-type.js';
import { requestedMoment } from '../http/known-at.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { searchOf } from '../http/request-target.js';
import { changeFeed } from './change-feed.js';
import { dataOf, readFileIndex } from './file-index.js';
import { filesPage } from './files-page.js';
import { formOf, type PageTarget } from './page-request.js';
import { pageResponse } from './page-response.js';
import { questionListPage } from './question-page.js';
import { answerResponse } from './question-response.js';
import type { Question } from './questions.js';
import type { Reader } from './reader.js';
import { missingResponse } from './record-missing.js';
import { type CitedMoment, readRecord, recordResponse } from './record-page.js';
import type { RunDeps } from './run-document.js';
import { sitemap } from './sitemap.js';

export interface PageDeps extends RunDeps {
  authenticator: Authenticator;
  clientAddress: ClientAddressResolver;
  cache: ResponseCache | undefined;
  cacheTags: CacheTags | undefined;
  changes: ChangeStream;
  fork(): Fork;
  context(identity: Identity, address?: string, acceptLanguage?: string): Context;
  questions: ReadonlyMap<string, Question>;
  /** Returns whether the client uses TLS; undefined without trusted proxies. */
  isTls: ((request: IncomingMessage) => boolean) | undefined;
}

/** The points of a page without an operation. */
const PAGE_COST = 1;
/** The points of a list of files, which counts all records. */
const FILES_COST = 50;
/** The records of a sitemap that cost a point. */
const RECORDS_PER_POINT = 10;

/** Computes the response of a page. Called once for concurrent requests of the same page. */
type Compute = (context: Context, reader: Reader, moment: CitedMoment) => Promise<PreparedResponse>;

/** Returns the function that computes the page at a target; undefined for a question that does not exist. */
export function computeOf(
  deps: PageDeps,
  request: IncomingMessage,
  target: PageTarget,
  requester: RateLimitSubject,
): Compute | undefined {
  switch (target.kind) {
    case 'record': {
      const { id } = target;
      const form = formOf(request);
      const parameters = new URLSearchParams(searchOf(request));
      return async (context, reader, moment) => {
        const read = await readRecord(deps, context, reader, id);
        if (read) return recordResponse(reader, context, read.kind, read.answer, moment, form, parameters);
        // A second operation of the request: with its own fork, admission and cost.
        const other = await contextOf(deps, request, requester, reader.language, reader.knownAt?.text);
        return missingResponse(deps, other, reader, id, form);
      };
    }
    case 'question': {
      const question = deps.questions.get(target.name);
      const parameters = new URLSearchParams(searchOf(request));
      return (
        question && ((context, reader, moment) => answerResponse(deps, context, reader, question, parameters, moment))
      );
    }
    case 'questions':
      return async (context, reader) =>
        withoutOperation(deps, context, PAGE_COST, reader, () => questionListPage(reader, deps.questions.values()));
    case 'feed': {
      const parameters = new URLSearchParams(searchOf(request));
      return (context, reader) => changeFeed(deps, context, reader, target.format, parameters);
    }
    case 'files':
    case 'package':
      return async (context, reader) => {
        const isPage = formOf(request) === 'text/html';
        const read = async () => {
          const index = await readFileIndex(deps.schema, context, new URLSearchParams(searchOf(request)));
          return isPage ? filesPage(reader, index) : dataOf(target.kind, reader, index);
        };
        const type = isPage ? {} : { 'content-type': JSON_TYPE };
        return withoutOperation(deps, context, FILES_COST, reader, read, type);
      };
    case 'sitemap':
      return async (context, reader) => {
        // Its cost is known once it is read: a client that has not even a point causes no read.
        await deps.admissionControl.chargeRejected(context);
        const text = await sitemap(context.em, reader.origin, deps.questions.keys());
        const points = Math.ceil(text.split('<url>').length / RECORDS_PER_POINT);
        const type = { 'content-type': 'application/xml; charset=utf-8' };
        const response = await withoutOperation(deps, context, points - 1, reader, () => text, type);
        return { ...response, cost: points };
      };
  }
}

/** Creates a response of a page that no GraphQL operation computes. It is charged first: a client without budget causes no reads. */
async function withoutOperation(
  deps: PageDeps,
  context: Context,
  points: number,
  reader: Reader,
  read: () => string | Promise<string>,
  headers = {},
) {
  context.operationState.budget = await deps.admissionControl.chargeRejected(context, points);
  const body = await read();
  context.operationState.isCacheable = true;
  return { ...pageResponse(reader, context, 200, body, headers), cost: points };
}

/** Creates the context of a page, which reads the moment of the request. */
export async function contextOf(
  deps: Pick<PageDeps, 'context'>,
  request: IncomingMessage,
  requester: RateLimitSubject,
  language: string,
  moment = requestedMoment(request),
) {
  const context = deps.context(requester.identity, requester.address, language);
  await bindMoment(context, moment, undefined);
  return context;
}
