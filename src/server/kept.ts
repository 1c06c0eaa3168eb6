import type { IncomingMessage, ServerResponse } from 'node:http';
import { ANONYMOUS, type Identity } from '../access/identity.js';
import { routerHeader } from '../access/router.js';
import type { Paid } from '../limits/admission.js';
import { type Answer, sendAnswer } from './answer.js';
import { type Listener, pathOf, statusSent, wantsPage } from './answering.js';
import { readText, saysJson } from './body.js';
import { costHeaders } from './cost-headers.js';
import { countCache } from './metrics.js';
import { begin, end, noteAsked, noteCost, type Observed, operations } from './observe.js';
import type { Origins } from './origins.js';
import { fail } from './refusal.js';
import type { Service } from './service.js';
import { wantsTrace } from './trace.js';

/**
 * What decides an answer: the request, whoever asks, and what form is wanted. Undefined for a request that is not plain
 * GraphQL, so that Apollo's rules against forged requests see it.
 */
export function keyOf(request: IncomingMessage, text: string, identity: Identity): string | undefined {
  const { method, url, headers } = request;
  if (wantsTrace(request, identity)) return undefined;
  const who = `${identity.fromRouter ? 'router for ' : ''}${identity.actor}\n${headers.accept ?? ''}\n`;
  if (method === 'POST') return saysJson(request) && text ? who + text : undefined;
  if (method !== 'GET' || !(headers['apollo-require-preflight'] || saysJson(request))) return undefined;
  return `${who}GET ${url}`;
}

/** Gives an answer that is kept, and notes it of the operation that asks. */
export function giveKept(
  request: IncomingMessage,
  response: ServerResponse,
  kept: Answer,
  paid: Paid,
  observed?: Observed,
): void {
  countCache('hit');
  noteAsked(kept.asked, observed);
  noteCost(kept.cost, observed);
  sendAnswer(request, response, kept, costHeaders(paid));
}

/**
 * Gives what is kept to whoever shows no key, before anything is set up that only the making of an answer needs: the
 * promises, and the context of what is noted while it runs (what that gains stands in `test/bench/RESULTS.md`).
 *
 * @param otherwise Answers all else; it is handed the body that is being read.
 */
export function keptFirst(service: Service, origins: Origins, otherwise: Listener): Listener {
  const { cache, admissions, addressOf, log } = service;
  if (!cache) return otherwise;

  const give = (request: IncomingMessage, response: ServerResponse, kept: Answer, paid: Paid, began: number): void => {
    try {
      const observed = begin('http', undefined, began);
      origins.share(request, response);
      giveKept(request, response, kept, paid, observed);
      end(observed, statusSent(response), log);
    } catch (error) {
      // Nobody above waits for it.
      fail(request, response, error, log);
    }
  };

  const look = (request: IncomingMessage, response: ServerResponse, text: string, began: number): void => {
    const goOn = () => otherwise(request, response, Promise.resolve(text));
    const key = keyOf(request, text, ANONYMOUS);
    const kept = key === undefined ? undefined : cache.get(key);
    const paid = kept && admissions.again({ identity: ANONYMOUS, address: addressOf(request) }, kept.cost);
    if (!paid) goOn();
    else if (!(paid instanceof Promise)) give(request, response, kept, paid, began);
    // Who cannot pay is told so where all others are.
    else void paid.then(its => give(request, response, kept, its, began), goOn);
  };

  return (request, response) => {
    if (!isPlain(request)) {
      otherwise(request, response);
      return;
    }
    const began = performance.now();
    if (request.method === 'GET') {
      look(request, response, '', began);
      return;
    }
    readText(request, (error, text) => {
      if (!error) {
        look(request, response, text, began);
        return;
      }
      const failed = Promise.reject<string>(error);
      // Whoever reads it is told; nobody need.
      failed.catch(() => undefined);
      otherwise(request, response, failed);
    });
  };
}

/** Whether a request can be answered by looking at nothing but itself; while operations are traced, none can. */
function isPlain(request: IncomingMessage): boolean {
  const { method, headers } = request;
  return (
    (method === 'POST' || (method === 'GET' && !wantsPage(request))) &&
    pathOf(request) === '/graphql' &&
    headers.authorization === undefined &&
    routerHeader(headers) === undefined &&
    headers.host !== undefined &&
    !operations.hasSubscribers
  );
}
