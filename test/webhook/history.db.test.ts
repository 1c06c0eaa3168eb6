import { afterAll, beforeAll, expect, test } from 'vitest';
import { losePositions } from '../../src/webhook/restored.js';
import { ask, idOf, until } from '../support/feed.js';
import { openReceiver, type Receiver } from '../support/receiver.js';
import { createWebhook, reviseNotes, webhookOf, webhookServer } from '../support/webhooks.js';

const server = webhookServer();
let receiver: Receiver;

beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver?.close());

test('after a restore the receiver is told so, and gets what follows', async () => {
  const { id } = await createWebhook(server.url, { url: receiver.url });
  const cursors = await reviseNotes(server.url, 3);
  await until('all are stored', async () => (await webhookOf(server.url, id)).cursor === cursors[2]);
  const connection = server.database.em.getConnection();
  await connection.execute('delete from change where id > ?', [idOf(cursors[0] as string)]);
  const [next] = await reviseNotes(server.url, 1);
  await until('it was told', () => receiver.accepted.length === 5);
  const [notice, change] = receiver.accepted.slice(3);
  expect(notice?.event).toMatchObject({
    type: 'nl.stedenband.log.history-changed',
    subject: id,
    // The changes in memory when the history changed tell how far both agree.
    data: { lastCommon: cursors[0], next: cursors[0] },
  });
  expect(change?.id).toBe(next);
  const kinds = async () => (await webhookOf(server.url, id)).deliveries.map(({ kind }: { kind: string }) => kind);
  await until('it is stored', async () => (await kinds()).includes('HISTORY_CHANGED'));
});

test('the schema of the data describes what is sent, and metrics count it', async () => {
  const schema = await fetch(`${server.url}/webhook.schema.json`);
  expect(schema.status).toBe(200);
  const { default: Ajv2020 } = await import('ajv/dist/2020.js');
  const validate = new Ajv2020.default({ strict: false, validateFormats: false }).compile(
    (await schema.json()) as object,
  );
  const changes = receiver.accepted.filter(({ event }) => event.dataschema);
  expect(changes.length).toBeGreaterThan(0);
  for (const { event } of changes) expect(validate(event.data), JSON.stringify(validate.errors)).toBe(true);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/^stedenband_webhooks 1$/m);
  expect(metrics).toMatch(/^stedenband_webhook_lag_changes 0$/m);
  expect(metrics).toMatch(/^stedenband_webhook_requests_total\{kind="changes",result="accepted"\} \d+$/m);
  // Nothing of a webhook is in the log, or in what is exported of it.
  const { changes: log } = await ask(
    server.url,
    '{ changes(last: 5) { nodes { subjectType kind fields { field } } } }',
  );
  expect(JSON.stringify(log)).not.toMatch(/webhook|whsec/i);
});

test('after a restore with the server stopped, the notice comes first, also without a change', async () => {
  const own = await openReceiver();
  try {
    const { id } = await createWebhook(server.url, { url: own.url });
    const [common] = (await reviseNotes(server.url, 1)) as [string];
    await until('the change of the backup is stored', async () => (await webhookOf(server.url, id)).cursor === common);
    const lost = await reviseNotes(server.url, 2);
    await until('all are stored', async () => (await webhookOf(server.url, id)).cursor === lost[1]);
    await server.restart(async () => {
      const connection = server.database.em.getConnection();
      await connection.execute('delete from change where id > ?', [idOf(common)]);
      // The backup contains the position, which is in its log.
      const position = [idOf(common), common.slice(11), id];
      await connection.execute('update webhook set position_id = ?, position_mark = ? where id = ?', position);
      expect(await losePositions(server.database.em.fork())).toBe(2);
    });
    await until('the notice came', () => own.accepted.length === 4);
    expect(own.accepted[3]?.event).toMatchObject({
      type: 'nl.stedenband.log.history-changed',
      subject: id,
      data: { lastCommon: null, next: common },
    });
    const [next] = await reviseNotes(server.url, 1);
    await until('the change came', () => own.accepted.length === 5);
    expect(own.accepted[4]?.id).toBe(next);
  } finally {
    await own.close();
  }
});
