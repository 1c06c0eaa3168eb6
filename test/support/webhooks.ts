import { afterAll, beforeAll } from 'vitest';
import type { Scope } from '../../src/access/scope.js';
import type { Database } from '../../src/database/open.js';
import type { Logger } from '../../src/server/observability/logger.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import type { WebhookOptions } from '../../src/server/webhooks/start-webhooks.js';
import { storeKey } from './access.js';
import type { Json } from './calls.js';
import { openTestDatabase } from './database.js';
import { ask, KEY } from './feed.js';
import { UNBOUNDED } from './protection.js';

const WEBHOOK_OPTIONS: WebhookOptions = {
  targets: 'loopback',
  publicUrl: 'https://register.example.nl',
  source: 'urn:nld:stedenband',
};

export interface WebhookServer {
  readonly url: string;
  readonly database: Database;
  /** Stops the server, changes its database, and starts it again. */
  restart(meanwhile: () => Promise<unknown>): Promise<void>;
}

/** A server that delivers to receivers on this machine, for the tests of a file. */
export function webhookServer(options: Partial<WebhookOptions> = {}, log: Logger = console.error): WebhookServer {
  let database: Database;
  let serving: RunningServer;
  const start = async () => {
    serving = await serve(database, '127.0.0.1', 0, log, {
      access: { adminKey: KEY },
      protection: UNBOUNDED,
      webhooks: { ...WEBHOOK_OPTIONS, ...options },
    });
  };
  beforeAll(async () => {
    database = await openTestDatabase();
    await start();
  });
  afterAll(async () => {
    await serving?.close();
    await database?.close();
  });
  return {
    get url() {
      return serving.url;
    },
    get database() {
      return database;
    },
    async restart(meanwhile) {
      await serving.close();
      await meanwhile();
      await start();
    },
  };
}

const HOOK = `id owner url filter form status cursor lag isRedelivering problem attempts failingSince nextAttemptAt
  publicKey previousSecretUntil`;

/** Calls a mutation of webhooks. Returns its payload. */
export async function mutate(
  url: string,
  name: string,
  input: Json,
  headers: Record<string, string> = {},
): Promise<Json> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const content = /^(?:create|rotate)/.test(name) ? `webhook { ${HOOK} } secret` : `webhook { ${HOOK} }`;
  const fields = name === 'deleteWebhook' ? 'deletedWebhookId' : content;
  const query = `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code rule path message } } }`;
  return (await ask(url, query, { input }, headers))[name];
}

/** Creates a webhook; throws if it was refused. */
export async function createWebhook(
  url: string,
  input: Json,
): Promise<{ id: string; secret: string; publicKey: string }> {
  const { webhook, secret, userErrors } = await mutate(url, 'createWebhook', input);
  if (userErrors.length) throw new Error(JSON.stringify(userErrors));
  return { id: webhook.id, secret, publicKey: webhook.publicKey };
}

const DELIVERIES = 'deliveries(first: 100) { eventId kind result statusCode attempt duration sentAt }';

/** The webhooks of a client, with their deliveries. */
export const webhooksOf = async (url: string, headers: Record<string, string> = {}): Promise<Json[]> =>
  (await ask(url, `{ webhooks { ${HOOK} ${DELIVERIES} } }`, {}, headers)).webhooks;

export async function webhookOf(url: string, id: string): Promise<Json> {
  const webhook = (await webhooksOf(url)).find(candidate => candidate.id === id);
  if (!webhook) throw new Error(`There is no webhook ${id}.`);
  return webhook;
}

/** Revises the notes of an organisation so many times. Returns the cursors. */
export async function reviseNotes(url: string, count: number, id = 'org-vng'): Promise<string[]> {
  const { node } = await ask(url, 'query($id: ID!) { node(id: $id) { ... on Organisation { version } } }', { id });
  const cursors: string[] = [];
  for (let version = node.version; version < node.version + count; version += 1) {
    const input = { id, expectedVersion: version, notes: `Note ${version}`, reason: 'Webhook test' };
    const query = `mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) {
      change { cursor } userErrors { message } } }`;
    const { change, userErrors } = (await ask(url, query, { input })).reviseOrganisation;
    if (userErrors.length) throw new Error(JSON.stringify(userErrors));
    cursors.push(change.cursor);
  }
  return cursors;
}

/** Stores a key, and returns the header that it is sent in. */
export async function headersOfKey(database: Database, ...scopes: Scope[]): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await storeKey(database, scopes)}` };
}
