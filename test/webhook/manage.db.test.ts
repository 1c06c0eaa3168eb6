import { beforeEach, expect, test } from 'vitest';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import type { Json } from '../support/calls.js';
import { ask, latest, until } from '../support/feed.js';
import { openReceiver, type Receiver, verify } from '../support/receiver.js';
import {
  createWebhook,
  headersOfKey,
  mutate,
  reviseNotes,
  webhookOf,
  webhookServer,
  webhooksOf,
} from '../support/webhooks.js';

const lines: string[] = [];
// The second attempt comes soon, and three days are a minute.
const retries = { backoffMs: () => 20, maxFailingMs: 60_000 };
// Each test waits for several ticks.
const server = webhookServer({ retries, tickMs: 100 }, line => lines.push(line));
let receiver: Receiver;

beforeEach(async () => {
  receiver = await openReceiver();
  return async () => {
    for (const { id } of await webhooksOf(server.url)) await mutate(server.url, 'deleteWebhook', { id });
    await receiver.close();
  };
});

const active = (id: string) => until('it is active', async () => (await webhookOf(server.url, id)).status === 'ACTIVE');

test('a key manages its own webhooks, and only with the scope; the admin key sees all', async () => {
  const [own, other, without] = await Promise.all([
    headersOfKey(server.database, 'webhook:manage'),
    headersOfKey(server.database, 'webhook:manage'),
    headersOfKey(server.database, 'read', 'partnership:write'),
  ]);
  const { webhook } = await mutate(server.url, 'createWebhook', { url: receiver.url }, own);
  expect(webhook).toMatchObject({
    owner: expect.stringMatching(/^key:/),
    form: 'THIN',
    filter: {},
    status: 'UNCONFIRMED',
  });
  const { id } = webhook;
  expect((await webhooksOf(server.url, own)).map(({ id }) => id)).toEqual([id]);
  expect(await webhooksOf(server.url, other)).toEqual([]);
  expect((await webhooksOf(server.url)).map(({ id }) => id)).toEqual([id]);
  for (const name of [
    'updateWebhook',
    'pauseWebhook',
    'resumeWebhook',
    'pingWebhook',
    'rotateWebhookSecret',
    'deleteWebhook',
  ]) {
    const { userErrors } = await mutate(server.url, name, { id }, other);
    expect(userErrors, name).toMatchObject([{ code: 'NOT_FOUND', rule: 'WEBHOOK_UNKNOWN', path: ['input', 'id'] }]);
  }
  await expect(webhooksOf(server.url, without)).rejects.toThrow('FORBIDDEN');
  await expect(mutate(server.url, 'createWebhook', { url: receiver.url }, without)).rejects.toThrow('FORBIDDEN');
  const anonymous = await fetch(`${server.url}/graphql?query={webhooks{id}}`, {
    headers: { 'apollo-require-preflight': '1' },
  });
  expect(anonymous.status).toBe(401);
});

test('the webhooks of a revoked key stand still', async () => {
  const own = await headersOfKey(server.database, 'webhook:manage');
  const { webhook } = await mutate(server.url, 'createWebhook', { url: receiver.url }, own);
  await active(webhook.id);
  const key = webhook.owner.replace('key:', '');
  await server.database.em.getConnection().execute('update access_key set revoked_at = now() where id = ?', [key]);
  // One that goes on shows when the other one would have got the change.
  const other = await openReceiver();
  await createWebhook(server.url, { url: other.url });
  await until('the next tick has come', () => other.methods.length === 1);
  await reviseNotes(server.url, 1);
  await until('the other one got it', () => other.accepted.length === 1);
  expect(receiver.received).toEqual([]);
  await other.close();
});

test('what cannot be a receiver or a filter is refused, with the field', async () => {
  const refused = async (input: object) => {
    const { webhook, secret, userErrors } = await mutate(server.url, 'createWebhook', input);
    expect([webhook, secret]).toEqual([null, null]);
    return userErrors;
  };
  expect(await refused({ url: 'https://10.0.0.1/' })).toMatchObject([
    { code: 'INVALID', rule: 'WEBHOOK_ADDRESS_FORBIDDEN', path: ['input', 'url'] },
  ]);
  expect(await refused({ url: 'http://example.nl/' })).toMatchObject([{ rule: 'WEBHOOK_URL_HTTPS' }]);
  for (const [filter, rule] of [
    [{ authority: 'nl-nowhere' }, 'FEED_AUTHORITY_UNKNOWN'],
    [{ subjectIds: ['nowhere'] }, 'ID_MALFORMED'],
    [{ changeSets: ['nothing'] }, 'CHANGE_SET_MALFORMED'],
    [{ authorities: Array(101).fill('nl-delft') }, 'LIST_TOO_LONG'],
  ] as const) {
    const path = ['input', 'filter', Object.keys(filter)[0]];
    expect(await refused({ url: receiver.url, filter })).toMatchObject([{ code: 'INVALID', rule, path }]);
  }
  const after = '0000000001-0123456789abcdef';
  expect(await refused({ url: receiver.url, after })).toMatchObject([
    { code: 'INVALID', rule: 'CHANGE_NOT_IN_LOG', path: ['input', 'after'] },
  ]);
  await expect(mutate(server.url, 'createWebhook', { url: receiver.url, after: 'x' })).rejects.toThrow(
    'CHANGE_CURSOR_UNKNOWN',
  );
  expect(await webhooksOf(server.url)).toEqual([]);
});

test('nothing is delivered to a receiver that does not agree, and everything once it does', async () => {
  receiver.permission = { 'webhook-allowed-origin': 'another.example' };
  const { id } = await createWebhook(server.url, { url: receiver.url });
  const cursors = await reviseNotes(server.url, 2);
  await until('it was asked', async () => (await webhookOf(server.url, id)).problem === 'NOT_ALLOWED');
  expect(receiver.received).toEqual([]);
  expect(await webhookOf(server.url, id)).toMatchObject({ status: 'UNCONFIRMED', nextAttemptAt: expect.any(String) });
  receiver.permission = { 'webhook-allowed-origin': 'Register.example.nl' };
  await until('both arrived', () => receiver.accepted.length === 2);
  expect(receiver.accepted.map(({ id }) => id)).toEqual(cursors);
});

test('the filter decides what is delivered, and the position passes over the rest', async () => {
  const { id } = await createWebhook(server.url, {
    url: receiver.url,
    filter: { subjectIds: ['org-cpaffc'] },
  });
  await reviseNotes(server.url, 2);
  const [own] = await reviseNotes(server.url, 1, 'org-cpaffc');
  await reviseNotes(server.url, 1);
  await until('the position passed', async () => (await webhookOf(server.url, id)).lag === 0);
  expect(receiver.accepted.map(({ id }) => id)).toEqual([own]);
  expect(receiver.accepted[0]?.event.data.changes).toEqual([
    { cursor: own, kind: 'REVISED', subjectType: 'ORGANISATION', subjectId: 'org-cpaffc', subjectVersion: 2 },
  ]);
  await mutate(server.url, 'updateWebhook', { id, filter: {}, form: 'FULL' });
  // It holds within a second: until then changes of other records are passed over.
  await until('a change arrived that did not match before', async () => {
    await reviseNotes(server.url, 1);
    return receiver.accepted.at(-1)?.event.subject === 'org-vng';
  });
  expect(receiver.accepted.at(-1)?.event.data.changes[0].fields).toHaveLength(1);
});

test('an area that could not be read is read again', async () => {
  const filter = { within: 'nl-prov-zuid-holland' };
  const { id } = await createWebhook(server.url, { url: receiver.url, filter });
  await active(id);
  await mutate(server.url, 'pauseWebhook', { id });
  let reads = 0;
  const count = (event: unknown) => {
    if (/ area\b/.test((event as StatementEvent).text)) reads += 1;
  };
  const connection = server.database.em.getConnection();
  await connection.execute('alter table authority rename to authority_away');
  statementChannel.subscribe(count);
  try {
    await mutate(server.url, 'resumeWebhook', { id });
    await until('it was read twice', () => reads > 1, 10_000);
  } finally {
    statementChannel.unsubscribe(count);
    await connection.execute('alter table authority_away rename to authority');
  }
  const visit = `{ kind: CULTURAL, status: PLANNED, title: { en: "A visit" }, dutch: "nl-rotterdam" }`;
  const { change } = (await ask(server.url, `mutation { recordExchange(input: ${visit}) { change { cursor } } }`))
    .recordExchange;
  await until('the change arrived', () => receiver.accepted.length === 1);
  expect(receiver.accepted[0]?.id).toBe(change.cursor);
});

test('a paused webhook stands still and continues where it stopped; a ping reaches it all the same', async () => {
  const { id } = await createWebhook(server.url, { url: receiver.url });
  await active(id);
  expect((await mutate(server.url, 'pauseWebhook', { id })).webhook.status).toBe('PAUSED');
  await mutate(server.url, 'pingWebhook', { id });
  await until('the ping arrived', () => receiver.accepted.length === 1);
  const cursors = await reviseNotes(server.url, 2);
  expect(receiver.accepted[0]?.event).toMatchObject({
    type: 'nl.stedenband.webhook.ping',
    subject: id,
    data: { webhook: id },
  });
  await until('it is stored', async () => (await webhookOf(server.url, id)).deliveries[0].kind === 'PING');
  expect(await webhookOf(server.url, id)).toMatchObject({ status: 'PAUSED', lag: 2 });
  expect((await mutate(server.url, 'resumeWebhook', { id })).webhook.status).toBe('ACTIVE');
  await until('the changes arrived', () => receiver.accepted.length === 3);
  expect(receiver.accepted.slice(1).map(({ id }) => id)).toEqual(cursors);
});

test('after a rotation deliveries are signed with both secrets for a day, then with the new one', async () => {
  const { id, secret } = await createWebhook(server.url, { url: receiver.url });
  const rotated = await mutate(server.url, 'rotateWebhookSecret', { id });
  expect(rotated.secret).not.toBe(secret);
  const hours = (Date.parse(rotated.webhook.previousSecretUntil) - Date.now()) / 3_600_000;
  expect(hours).toBeCloseTo(24, 1);
  await mutate(server.url, 'pingWebhook', { id });
  await until('the ping arrived', () => receiver.accepted.length === 1);
  const [both] = receiver.accepted;
  if (!both) throw new Error('It is there.');
  verify(secret, both);
  verify(rotated.secret, both);
  await server.database.em
    .getConnection()
    .execute(`update webhook set previous_until = now() - interval '1 s' where id = ?`, [id]);
  await mutate(server.url, 'pingWebhook', { id });
  await until('the second ping arrived', () => receiver.accepted.length === 2);
  const [, second] = receiver.accepted;
  if (!second) throw new Error('It is there.');
  verify(rotated.secret, second);
  expect(() => verify(secret, second)).toThrow();
});

test('a second rotation in that time drops the first secret at once', async () => {
  const { id, secret } = await createWebhook(server.url, { url: receiver.url });
  const [first, second] = [
    await mutate(server.url, 'rotateWebhookSecret', { id }),
    await mutate(server.url, 'rotateWebhookSecret', { id }),
  ];
  await mutate(server.url, 'pingWebhook', { id });
  await until('the ping arrived', () => receiver.accepted.length === 1);
  const [ping] = receiver.accepted;
  if (!ping) throw new Error('It is there.');
  verify(first.secret, ping);
  verify(second.secret, ping);
  expect(() => verify(secret, ping)).toThrow();
});

test('a range is delivered again with the same ids, before newer changes', async () => {
  const start = await latest(server.url);
  const { id } = await createWebhook(server.url, { url: receiver.url });
  const cursors = await reviseNotes(server.url, 4);
  await until('all arrived', async () => receiver.accepted.length === 4 && (await webhookOf(server.url, id)).lag === 0);
  const [first, , third] = cursors;
  expect(
    (await mutate(server.url, 'redeliverWebhook', { id, after: first, until: third })).webhook.isRedelivering,
  ).toBe(true);
  await until('two came again', async () => receiver.accepted.length === 6);
  expect(receiver.accepted.slice(4).map(({ id }) => id)).toEqual(cursors.slice(1, 3));
  await until('it has ended', async () => !(await webhookOf(server.url, id)).isRedelivering);
  await mutate(server.url, 'redeliverWebhook', { id, after: start });
  await until('all came again', async () => receiver.accepted.length === 10);
  const [next] = await reviseNotes(server.url, 1);
  await until('a new one came', async () => receiver.accepted.length === 11);
  expect(receiver.accepted.slice(6).map(({ id }) => id)).toEqual([...cursors, next]);
  const redeliveries = async () =>
    (await webhookOf(server.url, id)).deliveries.filter((delivery: Json) => delivery.kind === 'REDELIVERY');
  await until('all are stored', async () => (await redeliveries()).length === 6);
  const { userErrors } = await mutate(server.url, 'redeliverWebhook', { id, after: third, until: first });
  expect(userErrors).toMatchObject([{ rule: 'WEBHOOK_RANGE', path: ['input', 'after'] }]);
});

test('a redelivery has all that was delivered, also what is not stored yet', async () => {
  const start = await latest(server.url);
  const { id } = await createWebhook(server.url, { url: receiver.url });
  const cursors = await reviseNotes(server.url, 3);
  await until('all arrived', () => receiver.accepted.length === 3);
  expect((await mutate(server.url, 'redeliverWebhook', { id, after: start })).userErrors).toEqual([]);
  await until('it has ended', async () => !(await webhookOf(server.url, id)).isRedelivering);
  expect(receiver.accepted.map(event => event.id)).toEqual([...cursors, ...cursors]);
});

test('a second redelivery with the same end begins at its own start, after the request in flight', async () => {
  const start = await latest(server.url);
  const { id } = await createWebhook(server.url, { url: receiver.url });
  const cursors = await reviseNotes(server.url, 5);
  await until('all arrived', async () => receiver.accepted.length === 5 && (await webhookOf(server.url, id)).lag === 0);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  receiver.behave = () => released.then(() => ({ status: 204 }));
  await mutate(server.url, 'redeliverWebhook', { id, after: cursors[3] });
  await until('the last one is held', () => receiver.received.length === 6);
  // The lease is renewed again after the webhook was loaded.
  const statements: string[] = [];
  const record = (event: unknown) => void statements.push((event as StatementEvent).text);
  const loadedAt = () => statements.findIndex(text => text.includes('w.previous_secret'));
  const renewedAt = () => statements.findLastIndex(text => text.includes('update webhook_lease'));
  statementChannel.subscribe(record);
  await mutate(server.url, 'redeliverWebhook', { id, after: start });
  await until('the sender has the second call', () => loadedAt() >= 0 && renewedAt() > loadedAt());
  statementChannel.unsubscribe(record);
  release();
  await until('all came again', () => receiver.accepted.length >= 11);
  expect(receiver.accepted.slice(5).map(({ id }) => id)).toEqual([cursors[4], ...cursors]);
});

test('410 retires a webhook: it gets nothing more until it has another receiver', async () => {
  receiver.behave = () => ({ status: 410 });
  const { id } = await createWebhook(server.url, { url: receiver.url });
  const [cursor] = await reviseNotes(server.url, 1);
  await until('it is retired', async () => (await webhookOf(server.url, id)).status === 'GONE');
  expect(receiver.received).toHaveLength(1);
  const { userErrors } = await mutate(server.url, 'resumeWebhook', { id });
  expect(userErrors).toMatchObject([{ rule: 'WEBHOOK_GONE' }]);
  const other = await openReceiver();
  expect((await mutate(server.url, 'updateWebhook', { id, url: other.url })).webhook.status).toBe('UNCONFIRMED');
  await until('the other one got it', () => other.accepted.length === 1);
  expect(other.accepted[0]?.id).toBe(cursor);
  expect(other.methods).toEqual(['OPTIONS', 'POST']);
  await other.close();
});

test('Retry-After puts the next attempt off', async () => {
  receiver.behave = () => ({ status: 429, headers: { 'retry-after': '30' } });
  const { id } = await createWebhook(server.url, { url: receiver.url });
  await reviseNotes(server.url, 1);
  await until('it was put off', async () => (await webhookOf(server.url, id)).problem === 'THROTTLED');
  const { attempts, nextAttemptAt } = await webhookOf(server.url, id);
  expect(attempts).toBe(1);
  const seconds = (Date.parse(nextAttemptAt) - Date.now()) / 1_000;
  expect(seconds).toBeGreaterThan(20);
  expect(seconds).toBeLessThanOrEqual(30);
  // A new change is no reason to ask earlier.
  await reviseNotes(server.url, 1);
  await mutate(server.url, 'pingWebhook', { id });
  await until('the ping arrived', () => receiver.received.length === 2);
  expect(receiver.received.map(({ event }) => event.type)).toEqual([
    'nl.stedenband.organisation.revised',
    'nl.stedenband.webhook.ping',
  ]);
});

test('a delivery that fails for too long pauses the webhook, which says so; nothing is lost', async () => {
  receiver.behave = () => ({ status: 503, headers: { 'retry-after': '61' } });
  const { id } = await createWebhook(server.url, { url: receiver.url });
  const [cursor] = await reviseNotes(server.url, 1);
  await until('it failed', async () => (await webhookOf(server.url, id)).problem === 'REFUSED');
  // A receiver that asks for more time than that gets a last attempt at its end.
  const failing = await webhookOf(server.url, id);
  expect(failing).toMatchObject({ status: 'ACTIVE', attempts: 1 });
  expect(Date.parse(failing.nextAttemptAt) - Date.parse(failing.failingSince)).toBe(retries.maxFailingMs);
  await server.database.em.getConnection().execute(
    `update webhook set failing_since = failing_since - interval '1 minute',
      next_attempt_at = next_attempt_at - interval '1 minute', revision = revision + 1 where id = ?`,
    [id],
  );
  await until('it is paused', async () => (await webhookOf(server.url, id)).status === 'FAILED');
  expect(await webhookOf(server.url, id)).toMatchObject({
    problem: 'REFUSED',
    attempts: 2,
    lag: 1,
    nextAttemptAt: null,
  });
  receiver.behave = () => ({ status: 204 });
  await mutate(server.url, 'pingWebhook', { id });
  await until('a ping arrived', async () => (await webhookOf(server.url, id)).deliveries[0].kind === 'PING');
  const line = `webhook ${id} is paused: it failed for three days, most recently REFUSED`;
  // Once, and not at the ping.
  expect(lines.filter(text => text.includes(id))).toEqual([line]);
  expect((await mutate(server.url, 'resumeWebhook', { id })).webhook).toMatchObject({
    status: 'ACTIVE',
    problem: null,
  });
  await until('it arrived', () => receiver.accepted.length === 2);
  expect(receiver.accepted[1]?.id).toBe(cursor);
});

test('redirects are not followed, and the number of deliveries is bounded', async () => {
  const target = await openReceiver();
  let refusals = 0;
  receiver.behave = () => {
    refusals += 1;
    return refusals > 110 ? { status: 204 } : { status: 307, headers: { location: target.url } };
  };
  const { id } = await createWebhook(server.url, { url: receiver.url });
  await reviseNotes(server.url, 1);
  await until('it arrived in the end', async () => (await webhookOf(server.url, id)).lag === 0);
  expect(target.methods).toEqual([]);
  const { deliveries } = await webhookOf(server.url, id);
  expect(deliveries).toHaveLength(100);
  expect(deliveries[0]).toMatchObject({ result: 'ACCEPTED', attempt: 111 });
  expect(deliveries[1]).toMatchObject({ result: 'REDIRECTED', statusCode: 307, attempt: 110 });
  const counted = await server.database.em.getConnection().execute('select from webhook_delivery');
  expect(counted).toHaveLength(100);
  await target.close();
});

test('the changes of a set are one delivery', async () => {
  await createWebhook(server.url, { url: receiver.url, filter: { subjectTypes: ['EXCHANGE'] } });
  const row = (title: string) => ({
    kind: 'CULTURAL',
    status: 'HELD',
    dutch: 'nl-rotterdam',
    chinese: 'cn-shanghai',
    title: { en: title },
    startedOn: '2025',
  });
  const input = {
    rows: [row('A first visit'), row('A second visit')],
    reason: 'One set',
    source: { title: 'A list', publisher: 'A city' },
  };
  const query = `mutation($input: RecordExchangesInput!) { recordExchanges(input: $input) { changeSet userErrors { message } } }`;
  const { changeSet, userErrors } = (await ask(server.url, query, { input })).recordExchanges;
  expect(userErrors).toEqual([]);
  await until('it arrived', () => receiver.accepted.length === 1);
  const [delivery] = receiver.accepted;
  const { changes } = await ask(server.url, '{ changes(last: 2) { nodes { cursor changeSet } } }');
  expect(changes.nodes.map((change: Json) => change.changeSet)).toEqual([changeSet, changeSet]);
  expect(delivery?.event).toMatchObject({
    type: 'nl.stedenband.change-set.recorded',
    subject: changeSet,
    data: { changeSet, count: 2, isComplete: true, changes: changes.nodes.map(({ cursor }: Json) => ({ cursor })) },
  });
  expect(delivery?.id).toBe(changes.nodes[1].cursor);
});

test('a call that is repeated with its key does nothing again, and shows the secret again', async () => {
  const own = await headersOfKey(server.database, 'webhook:manage');
  const input = { url: receiver.url, idempotencyKey: 'first hook' };
  // Two at once, of which the answer of one got lost.
  const [created, repeated] = await Promise.all([
    mutate(server.url, 'createWebhook', input, own),
    mutate(server.url, 'createWebhook', input, own),
  ]);
  expect(created.secret).toMatch(/^whsec_/);
  expect(repeated).toMatchObject({ secret: created.secret, webhook: { id: created.webhook.id }, userErrors: [] });
  const { id } = created.webhook;
  expect((await webhooksOf(server.url, own)).map(webhook => webhook.id)).toEqual([id]);
  const stored = await server.database.em
    .getConnection()
    .execute('select record::text as record from idempotent_answer');
  expect(stored.map(({ record }: Json) => record).join()).not.toContain('whsec_');

  const other = await mutate(server.url, 'createWebhook', { ...input, form: 'FULL' }, own);
  expect(other.userErrors).toMatchObject([{ code: 'KEY_REUSED', path: ['input', 'idempotencyKey'] }]);
  // The key belongs to its client.
  const others = await headersOfKey(server.database, 'webhook:manage');
  expect((await mutate(server.url, 'createWebhook', input, others)).webhook.id).not.toBe(id);

  const rotation = { id, idempotencyKey: 'rotate' };
  const rotated = await mutate(server.url, 'rotateWebhookSecret', rotation, own);
  expect(rotated.secret).not.toBe(created.secret);
  expect((await mutate(server.url, 'rotateWebhookSecret', rotation, own)).secret).toBe(rotated.secret);
  const deletion = { id, idempotencyKey: 'delete' };
  for (const _ of ['first', 'repeated']) {
    expect(await mutate(server.url, 'deleteWebhook', deletion, own)).toEqual({ deletedWebhookId: id, userErrors: [] });
  }
  expect(await mutate(server.url, 'createWebhook', input, own)).toEqual({
    webhook: null,
    secret: null,
    userErrors: [],
  });
});

test('a repeated call shows no secret that is newer than it, and none after the days of its key', async () => {
  const own = await headersOfKey(server.database, 'webhook:manage');
  const input = { url: receiver.url, idempotencyKey: 'hook' };
  const { webhook, secret } = await mutate(server.url, 'createWebhook', input, own);
  const { id } = webhook;
  const rotation = { id, idempotencyKey: 'rotation' };
  const rotated = await mutate(server.url, 'rotateWebhookSecret', rotation, own);
  expect(rotated.secret).not.toBe(secret);
  expect(await mutate(server.url, 'createWebhook', input, own)).toMatchObject({ webhook: { id }, secret: null });
  const repeated = () => mutate(server.url, 'rotateWebhookSecret', rotation, own);
  expect(await repeated()).toMatchObject({ webhook: { id }, secret: rotated.secret });
  await server.database.em
    .getConnection()
    .execute(`update idempotent_answer set created_at = created_at - interval '31 days' where key = 'rotation'`);
  expect(await repeated()).toMatchObject({ webhook: { id }, secret: null, userErrors: [] });
});

test('a dry run writes nothing, and shows no secret', async () => {
  const dry = await mutate(server.url, 'createWebhook', { url: receiver.url, dryRun: true });
  expect(dry).toMatchObject({ secret: null, webhook: { status: 'UNCONFIRMED' }, userErrors: [] });
  expect(await webhooksOf(server.url)).toEqual([]);
  const refused = await mutate(server.url, 'createWebhook', { url: 'https://10.0.0.1/', dryRun: true });
  expect(refused.userErrors).toMatchObject([{ rule: 'WEBHOOK_ADDRESS_FORBIDDEN' }]);
  const { id, secret } = await createWebhook(server.url, { url: receiver.url });
  expect((await mutate(server.url, 'pauseWebhook', { id, dryRun: true })).webhook.status).toBe('PAUSED');
  expect((await mutate(server.url, 'rotateWebhookSecret', { id, dryRun: true })).secret).toBeNull();
  expect((await mutate(server.url, 'deleteWebhook', { id, dryRun: true })).deletedWebhookId).toBe(id);
  const [cursor] = await reviseNotes(server.url, 1);
  await until('it is delivered', () => receiver.accepted.length === 1);
  const [delivery] = receiver.accepted;
  expect(delivery?.id).toBe(cursor);
  if (delivery) verify(secret, delivery);
});
