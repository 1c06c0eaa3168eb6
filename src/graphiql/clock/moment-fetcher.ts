import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { GraphQLError, parse } from 'graphql';
import type { Client } from 'graphql-ws';
import { readerLanguage } from '../language.js';
import { isReading } from '../result/is-query.js';
import { clockTexts } from './clock-texts.js';
import { fetchAt } from './fetch-at.js';
import { currentKnownAt } from './moment.js';

/**
 * Returns a fetcher that sends operations at the moment of the clock. The schema is the same at all moments.
 *
 * @param createWsClient Called for each operation, with what a subscription sends in place of headers: those of its tab, and the
 * language of the page.
 */
export function createMomentFetcher(
  url: string,
  createWsClient: (connectionParams: Record<string, unknown>) => Client,
): Fetcher {
  return (params, options) => {
    const fetcherAt = (fetchOperation: typeof fetch): Fetcher => {
      const wsClient = createWsClient({ ...options?.headers, acceptLanguage: readerLanguage() });
      return createGraphiQLFetcher({ url, wsClient, fetch: fetchOperation, enableIncrementalDelivery: false });
    };
    if (params.operationName === 'IntrospectionQuery') return fetcherAt(fetch)(params, options);
    const knownAt = currentKnownAt();
    if (knownAt !== undefined && isWriting(params.query, params.operationName ?? undefined))
      return { errors: [new GraphQLError(clockTexts[readerLanguage()].readOnly)] };
    return fetcherAt(fetchAt(knownAt))(params, options);
  };
}

/** A document that cannot be parsed is sent: the register says what is wrong with it. */
function isWriting(query: string, operationName: string | undefined): boolean {
  try {
    return !isReading(parse(query, { noLocation: true }), operationName);
  } catch {
    return false;
  }
}
