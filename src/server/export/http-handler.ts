import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Authenticator } from '../../access/authenticate.js';
import type { Identity } from '../../access/identity.js';
import type { ChangeStream } from '../../change/stream.js';
import { placesOfClient } from '../../config/protection.js';
import type { Context } from '../../context.js';
import { differenceTable, withDifferences } from '../../export/difference.js';
import { exportError } from '../../export/export-error.js';
import { planExport } from '../../export/plan.js';
import { type ExportRequest, exportRequest, snapshotRequest } from '../../export/request.js';
import { tables } from '../../export-tables.js';
import type { Fork } from '../../graph/sql/fork.js';
import type { AdmissionControl } from '../../limits/admission.js';
import type { Counters } from '../../limits/counters.js';
import { rateLimitKey } from '../../limits/rate-limit.js';
import { message } from '../../messages/message.js';
import { mismatchTable } from '../../proposal/mismatches.js';
import { templateOf } from '../../proposal/template.js';
import { answerOptions } from '../http/allowed-methods.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { bindMoment } from '../http/bind-moment.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import { requestedMoment } from '../http/known-at.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import { waitForChange } from '../http/read-after.js';
import { pathnameOf, searchOf } from '../http/request-target.js';
import { recordRoute } from '../observability/operation-context.js';
import { type ExportResources, streamExport } from './stream-export.js';
import { asTimeoutError } from './timeout-error.js';

/** All that can be exported. */
const TABLES = [...tables, differenceTable, mismatchTable];

/** Limits the exports that run at once: each has a thread and a connection. */
const MAX_CONCURRENT_EXPORTS = 4;
/** The name under which the places of all clients are counted. */
const ALL_CLIENTS = '';
/** Limits the wait of a client for a place of its own: one whose export was aborted is free within a second. */
const MAX_WAIT_MS = 1_000;

/** Exports over HTTP, at `/export/<type>.<format>`. */
export interface ExportTransport {
  /** @throws ExportError for a mistake of the client, before the response starts. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Sends all records of one moment, with which the feed starts. Throws as `handle` does. */
  sendSnapshot(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Settles when no export is running. The caller accepts no further requests. */
  close(): Promise<void>;
}

interface ExportDeps extends ExportResources {
  schema: GraphQLSchema;
  authenticator: Authenticator;
  admissionControl: AdmissionControl;
  clientAddress: ClientAddressResolver;
  changes: ChangeStream;
  fork(): Fork;
  /** The share of the places that one client may use. */
  clientShare: number;
  counters: Counters;
  context(identity: Identity, address?: string): Context;
}

export function exportTransport(deps: ExportDeps): ExportTransport {
  const running = new Set<Promise<void>>();
  const places = deps.counters.quota('exports', MAX_CONCURRENT_EXPORTS);
  const full = () =>
    exportError(503, 'TOO_MANY_EXPORTS', message('EXPORTS_BUSY', { limit: MAX_CONCURRENT_EXPORTS, seconds: 5 }));
  const quota = deps.counters.quota('exports of client', placesOfClient(MAX_CONCURRENT_EXPORTS, deps.clientShare));
  const send = async (request: IncomingMessage, response: ServerResponse, read: () => ExportRequest) => {
    const { method } = request;
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD, OPTIONS');
      throw exportError(405, 'BAD_REQUEST', message('EXPORT_METHOD', {}));
    }
    // Reading needs no key, but an invalid one is refused as by the API.
    const requester = await authenticateRequest(deps, request);
    const context = deps.context(requester.identity, requester.address);
    const [parsed, plan] = await chargeIfRefused(deps.admissionControl, requester, response, async () => {
      const parts = read();
      await waitForChange(deps.changes, deps.fork, request);
      // A difference is known at its second moment: no later change alters it.
      await bindMoment(context, requestedMoment(request) ?? parts.moments.to ?? undefined, undefined);
      const exported = await withDifferences(context.em, parts);
      const { selection } = exported;
      if (selection.template) selection.table = templateOf(selection.table);
      return [exported, planExport(deps.schema, exported)] as const;
    });
    recordRoute(pathnameOf(request));
    if (await places.isUsedUp(ALL_CLIENTS)) throw full();
    let release = () => {};
    const acquire = async () => {
      const releaseOwn = await quota.acquireWithin(rateLimitKey(requester), MAX_WAIT_MS);
      if (!releaseOwn) throw exportError(429, 'TOO_MANY_EXPORTS', tooMany(quota.max));
      release = releaseOwn;
      const releasePlace = await places.acquire(ALL_CLIENTS);
      if (!releasePlace) throw full();
      release = () => {
        releasePlace();
        releaseOwn();
      };
    };
    let charged = 0;
    const charge = async (records: number) => {
      const charge = await deps.admissionControl.chargeExport(requester, records, charged);
      charged = charge.estimated;
      for (const [name, value] of Object.entries(rateLimitHeaders(charge))) response.setHeader(name, value);
    };
    const client = { acquire, charge, release: () => release() };
    const exporting = streamExport(deps, context, parsed, plan, client, request, response).catch((error: unknown) => {
      throw asTimeoutError(error) ?? error;
    });
    const settled = exporting
      .catch(() => undefined)
      .finally(() => {
        running.delete(settled);
        release();
      });
    running.add(settled);
    await exporting;
  };
  return {
    handle: async (request, response) => {
      if (answerOptions(response, 'GET', 'HEAD')) return;
      const name = pathnameOf(request).replace('/export/', '');
      return send(request, response, () =>
        exportRequest(deps.schema, TABLES, name, new URLSearchParams(searchOf(request))),
      );
    },
    sendSnapshot: (request, response) => send(request, response, () => snapshotRequest(tables)),
    async close() {
      await Promise.all(running);
    },
  };
}

const tooMany = (max: number) => message('EXPORTS_OF_CLIENT', { limit: max, total: MAX_CONCURRENT_EXPORTS });
