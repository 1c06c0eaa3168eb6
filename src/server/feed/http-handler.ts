import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticator } from '../../access/authenticate.js';
import { latestPosition } from '../../change/log-reader.js';
import type { ChangeStream } from '../../change/stream.js';
import type { Fork } from '../../graph/sql/fork.js';
import type { AdmissionControl } from '../../limits/admission.js';
import type { ExportTransport } from '../export/http-handler.js';
import { refuseOtherMethods } from '../http/allowed-methods.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import type { ConnectionQuota } from '../http/connection-quota.js';
import { waitForChange } from '../http/read-after.js';
import { pathnameOf } from '../http/request-target.js';
import { recordRoute } from '../observability/operation-context.js';
import type { Sessions } from '../subscriptions/sessions.js';
import { sendCatchUp, sendEnd, sendLongPoll } from './answer.js';
import { FeedClient } from './feed-client.js';
import { FeedSource } from './feed-source.js';
import { feedRequest } from './request.js';
import { sendEvents } from './sse.js';

/** The feed of whole records: the read path of Durable Streams 1.0 with its State Protocol, at `/feed`. */
export interface FeedTransport {
  /** @throws ExportError, GraphQLError for a mistake of the client, before the response starts. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends all waits and streams. Clients ask again with their offset. */
  close(): void;
}

interface FeedDeps {
  authenticator: Authenticator;
  admissionControl: AdmissionControl;
  clientAddress: ClientAddressResolver;
  changes: ChangeStream;
  fork(): Fork;
  exports: Pick<ExportTransport, 'sendSnapshot'>;
  sessions: Sessions;
  quota: ConnectionQuota;
}

export function feedTransport(deps: FeedDeps): FeedTransport {
  const { changes, fork, quota, admissionControl } = deps;
  const source = new FeedSource(changes, fork);
  return {
    async handle(request, response) {
      if (refuseOtherMethods(response, 'GET', 'HEAD')) return;
      const requester = await authenticateRequest(deps, request);
      const refused = <T>(run: () => T | Promise<T>) => chargeIfRefused(admissionControl, requester, response, run);
      const { offset, live, cursor } = await refused(() => feedRequest(request));
      recordRoute(pathnameOf(request));
      if (offset === 'snapshot') return deps.exports.sendSnapshot(request, response);
      const client = new FeedClient(request, response, requester, admissionControl);
      await client.chargeRequest();
      const position = await refused(async () => {
        await waitForChange(changes, fork, request);
        return offset === 'now' ? latestPosition(fork()) : source.locate(offset);
      });
      // HEAD gets the end of the feed, by the protocol.
      if (request.method === 'HEAD') return sendEnd(client, await latestPosition(fork()));
      if (live === 'sse') return sendEvents(source, deps, client, position, cursor);
      if (live === 'long-poll') return sendLongPoll(source, quota, client, position, cursor);
      return offset === 'now' ? sendEnd(client, position) : sendCatchUp(source, client, position);
    },
    close: () => source.close(),
  };
}
