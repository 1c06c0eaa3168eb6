import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { negotiateContentType } from '../http/content-type.js';
import { invalidDocumentStatus } from './legacy-status.js';

/** Sets the status of responses to invalid documents. */
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
