import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { acceptsResponseType, negotiateContentType } from '../http/content-type.js';

/**
 * Returns the status of a response to an invalid document. GraphQL over HTTP has two media types: with
 * `application/graphql-response+json` the status reports the error; with the older `application/json` only the body does,
 * because proxies send responses with status 400 of their own. A client that accepts only the older one gets 200, all
 * others get 400.
 *
 * @param accept The header of that name.
 */
export function invalidDocumentStatus(accept = ''): 200 | 400 {
  return /\bapplication\/json\b/i.test(accept) && !acceptsResponseType(accept) ? 200 : 400;
}

/** Sets that status on responses of Apollo Server. */
export const legacyStatusPlugin: ApolloServerPlugin = {
  async requestDidStart({ request: { http } }) {
    const status = invalidDocumentStatus(http?.headers.get('accept'));
    if (status === 400) return;
    return {
      async willSendResponse({ response }) {
        if (response.http.status === 400) response.http.status = status;
      },
    };
  },
};

/**
 * Ends an operation before its execution if the client accepts no form of its result: Apollo Server refuses such a client
 * with 406, but only after the execution, and a mutation would have been written.
 */
export const notAcceptablePlugin: ApolloServerPlugin = {
  async requestDidStart({ request: { http } }) {
    if (negotiateContentType(http?.headers.get('accept')) !== undefined) return;
    return {
      async responseForOperation() {
        return { http: { status: 406, headers: new HeaderMap() }, body: { kind: 'single', singleResult: {} } };
      },
    };
  },
};
