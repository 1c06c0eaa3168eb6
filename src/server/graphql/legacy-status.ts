import type { ApolloServerPlugin } from '@apollo/server';

/**
 * The status of an answer to a wrong document. GraphQL over HTTP has two media types: under
 * `application/graphql-response+json` the status tells of it; under `application/json`, the older one, only the errors
 * in the answer do, since proxies give 400s of their own. Who accepts the older alone gets 200; all who leave the choice
 * to us get 400.
 *
 * @param accept The header of that name.
 */
export function invalidDocumentStatus(accept = ''): 200 | 400 {
  return /\bapplication\/json\b/.test(accept) && !/\*\/\*|graphql-response\+json/.test(accept) ? 200 : 400;
}

/** Gives Apollo's answers to wrong documents that status. */
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
