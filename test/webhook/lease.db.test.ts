import sql, { raw } from 'sql-template-tag';
import { expect, onTestFinished, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { Journal } from '../../src/webhook/journal.js';
import { takeLease } from '../../src/webhook/lease.js';
import { loadWebhooks } from '../../src/webhook/load.js';
import { WebhookSender } from '../../src/webhook/sender.js';
import { newSigningSecrets } from '../../src/webhook/signature.js';
import { WebhookDeliveryKind, WebhookResult } from '../../src/webhook/webhook.enums.js';
import { ADMIN, testApi } from '../support/api.js';
import { until } from '../support/feed.js';

const { ask, database, service } = testApi();
const run = (statement: string) => queryRows(database().em.fork(), sql`${raw(statement)}`);
const take = async (holder: string) => (await takeLease(database().em.fork(), holder)).map(({ id }) => id);

test('one instance has the lease, and another one gets it when its time is over, also after the clock was set back', async () => {
  await run(`insert into webhook (id, owner, url, filter, form, status, position_id, position_mark, secret, signing_key)
    values ('hook-1', 'admin', 'https://example.nl/', '{}', 'THIN', 'ACTIVE', 0, '', 'whsec_', 'whsk_')`);
  expect(await take('first')).toEqual(['hook-1']);
  expect(await take('second')).toEqual([]);
  await run(`update webhook_lease set expires_at = clock_timestamp() - interval '1 ms'`);
  expect(await take('second')).toEqual(['hook-1']);
  expect(await take('first')).toEqual([]);
  // The second one ended without a word, after which the clock was set back by an hour.
  await run(`update webhook_lease set expires_at = expires_at + interval '1 hour'`);
  expect(await take('first')).toEqual(['hook-1']);
  expect(await take('second')).toEqual([]);
});

/** Revises an organisation. Returns the id of the event. */
async function revise(notes: string): Promise<string> {
  const { version } = (await ask('{ organisation(id: "org-vng") { version } }')).data.organisation;
  const revising = `mutation { reviseOrganisation(input: { id: "org-vng", expectedVersion: ${version}, notes: "${notes}" }) {
    change { cursor } } }`;
  return (await ask(revising, {}, ADMIN)).data.reviseOrganisation.change.cursor;
}

/** A sender of an instance, its ticks, and the ids of the events that it sent. */
function openSender() {
  const ids: (string | undefined)[] = [];
  const ticks = { count: 0, delay: 50 };
  const sender = new WebhookSender({
    changes: service().changes,
    fork: () => database().em.fork(),
    origin: { source: 'urn:nld:stedenband', publicUrl: 'https://register.example.nl' },
    send: async ({ headers }) => {
      ids.push(headers['webhook-id']);
      return { result: WebhookResult.ACCEPTED, statusCode: 204, headers: {} };
    },
    observer: { onAttempt: () => undefined, onStatus: () => undefined, onFailure: console.error },
    get tickMs() {
      ticks.count += 1;
      return ticks.delay;
    },
  });
  sender.start();
  onTestFinished(() => sender.stop());
  return { sender, ticks, ids };
}

/** Inserts an active webhook at the end of the log. */
async function insertWebhook(hook: string): Promise<void> {
  const { id, mark } = service().changes.newest;
  const { secret, signingKey } = newSigningSecrets();
  await run(`insert into webhook (id, owner, url, filter, form, status, is_confirmed, position_id, position_mark, secret, signing_key)
    values ('${hook}', 'admin', 'https://example.nl/', '{}', 'THIN', 'ACTIVE', true, ${id}, '${mark}', '${secret}', '${signingKey}')`);
}

test('an instance that stood still while another one delivered, and ended, goes on where that ended', async () => {
  await run(`delete from webhook`);
  await run(`update webhook_lease set expires_at = '-infinity'`);
  await insertWebhook('hook-2');
  const still = openSender();
  const before = await revise('Before.');
  await until('the first sender delivered', () => still.ids.length === 1);
  // Its next tick but one comes when its lease is long over.
  still.ticks.delay = 6_000;
  const { count } = still.ticks;
  await until('the first sender ticks no more', () => still.ticks.count > count);
  const other = openSender();
  // On a machine that stands still itself, the first sender takes it again.
  const isOver = () => other.sender.webhooks.length > 0 || still.ticks.count > count + 1;
  await until('the other sender has the lease', isOver);
  const meanwhile = [await revise('Meanwhile.'), await revise('And again.')];
  await until('the other sender delivered', () => other.ids.length >= 2 || still.ids.length >= 3);
  await other.sender.stop();
  const { count: stood } = still.ticks;
  await until('the first sender ticks again', () => still.ticks.count > stood);
  const after = await revise('After.');
  await until('the change after it was delivered', () => still.ids.includes(after));
  expect([...still.ids, ...other.ids].toSorted()).toEqual([before, ...meanwhile, after]);
});

test('deliveries that could not be saved give their numbers to those of a webhook that was loaded after it', async () => {
  await insertWebhook('hook-3');
  await run(`update webhook_lease set holder = 'first', expires_at = '-infinity'`);
  const load = async () => {
    const [webhook] = await loadWebhooks(database().em.fork(), ['hook-3']);
    if (!webhook) throw new Error('It is there.');
    return webhook;
  };
  const delivery = (eventId: string) => ({
    eventId,
    kind: WebhookDeliveryKind.CHANGES,
    result: WebhookResult.ACCEPTED,
    statusCode: 204,
    attempt: 1,
    duration: 5,
    sentAt: new Date(),
  });
  let failing: (() => void) | undefined;
  const failures: unknown[] = [];
  const fork = () => {
    failing?.();
    return database().em.fork();
  };
  const journal = new Journal(fork, 'first', error => failures.push(error));
  const [before, after, last] = [await load(), await load(), await load()];
  failing = () => {
    throw new Error('The database is unavailable.');
  };
  for (const id of ['lost-1', 'lost-2']) journal.add(before, delivery(id));
  await journal.save();
  journal.add(after, delivery('lost-3'));
  failing = () => {
    // Another webhook object was loaded while this statement fails.
    journal.add(last, delivery('saved-1'));
    throw new Error('The database is unavailable.');
  };
  await journal.save();
  failing = undefined;
  journal.add(last, delivery('saved-2'));
  await journal.save();
  expect(failures).toHaveLength(2);
  const stored = await run(
    `select number, event_id as id from webhook_delivery where webhook_id = 'hook-3' order by 1`,
  );
  expect(stored).toEqual([
    { number: 1, id: 'saved-1' },
    { number: 2, id: 'saved-2' },
  ]);
  expect((await load()).deliveryCount).toBe(2);
});
