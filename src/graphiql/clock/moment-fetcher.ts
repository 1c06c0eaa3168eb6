import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { GraphQLError, parse } from 'graphql';
import type { Client } from 'graphql-ws';
import { readerLanguage } from '../language.js';
import { isReading } from '../result/is-query.js';
import { clockTexts } from './clock-texts.js';
import { fetchAt } from './fetch-at.js';
import { currentKnownAt } from './moment.js';

/** Returns a fetcher that sends operations at the moment of the clock. The schema is the same at all moments. */
export function createMomentFetcher(url: string, wsClient: Client): Fetcher {
  const fetcherAt = (fetchOperation: typeof fetch): Fetcher =>
    createGraphiQLFetcher({ url, wsClient, fetch: fetchOperation, enableIncrementalDelivery: false });
  const schemaFetcher = fetcherAt(fetch);
  return (params, options) => {
    if (params.operationName === 'IntrospectionQuery') return schemaFetcher(params, options);
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
