import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, until } from '../support/feed.js';
import { openReceiver, type Receiver, verify } from '../support/receiver.js';
import { createWebhook, mutate, reviseNotes, webhookOf, webhookServer } from '../support/webhooks.js';

const server = webhookServer();
let receiver: Receiver;

beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver?.close());

/** Forgets what a receiver has got. */
function reset(): void {
  for (const list of [receiver.accepted, receiver.received, receiver.methods]) list.length = 0;
}

test('a receiver that agrees gets each change once, signed in both ways, as an event of CloudEvents', async () => {
  const { id, secret, publicKey } = await createWebhook(server.url, { url: receiver.url, form: 'FULL' });
  const cursors = await reviseNotes(server.url, 3);
  await until('three changes arrived', () => receiver.accepted.length === 3);
  expect(receiver.methods).toEqual(['OPTIONS', 'POST', 'POST', 'POST']);
  expect(receiver.accepted.map(({ id }) => id)).toEqual(cursors);
  for (const received of receiver.accepted) {
    verify(secret, received);
    const { headers, body } = received;
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = /v1a,(\S+)/.exec(headers['webhook-signature'] ?? '')?.[1] ?? '';
    const der = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      Buffer.from(publicKey.replace('whpk_', ''), 'base64'),
    ]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(verifySignature(null, Buffer.from(content), key, Buffer.from(signature, 'base64'))).toBe(true);
    expect(headers['webhook-request-origin']).toBe('register.example.nl');
  }
  const [first] = receiver.accepted;
  expect(() => verify(secret, { ...first, body: `${first?.body} ` } as never)).toThrow();
  expect(first?.event).toMatchObject({
    specversion: '1.0',
    id: cursors[0],
    source: 'urn:nld:stedenband',
    type: 'nl.stedenband.organisation.revised',
    subject: 'org-vng',
    datacontenttype: 'application/json',
    dataschema: 'https://register.example.nl/webhook.schema.json',
    sequence: expect.stringMatching(/^\d{10}-[0-9a-f]{16}$/),
    data: {
      cursor: cursors[0],
      changeSet: null,
      count: 1,
      isComplete: true,
      changes: [
        {
          cursor: cursors[0],
          kind: 'REVISED',
          subjectType: 'ORGANISATION',
          subjectId: 'org-vng',
          subjectVersion: 2,
          actor: 'admin',
          reason: 'Webhook test',
          fields: [{ field: 'notes', before: null, after: 'Note 1' }],
        },
      ],
    },
  });
  const sequences = receiver.accepted.map(({ event }) => event.sequence);
  expect(sequences).toEqual(sequences.toSorted());
  await until('the position is stored', async () => (await webhookOf(server.url, id)).lag === 0);
  expect(await webhookOf(server.url, id)).toMatchObject({
    status: 'ACTIVE',
    cursor: cursors[2],
    attempts: 0,
    problem: null,
    deliveries: [
      { kind: 'CHANGES', result: 'ACCEPTED', statusCode: 204, attempt: 1, eventId: cursors[2] },
      { kind: 'CHANGES', eventId: cursors[1] },
      { kind: 'CHANGES', eventId: cursors[0] },
      { kind: 'HANDSHAKE', result: 'ACCEPTED', statusCode: 200 },
    ],
  });
  expect(await mutate(server.url, 'deleteWebhook', { id })).toEqual({ deletedWebhookId: id, userErrors: [] });
});

test('the secrets are in no answer but that of the creation', async () => {
  reset();
  const { id, secret } = await createWebhook(server.url, { url: receiver.url });
  await until('it is confirmed', async () => (await webhookOf(server.url, id)).status === 'ACTIVE');
  expect(JSON.stringify(await webhookOf(server.url, id))).not.toContain(secret);
  const { __type } = await ask(server.url, '{ __type(name: "Webhook") { fields { name } } }');
  expect(
    __type.fields.map(({ name }: { name: string }) => name).filter((name: string) => /secret|signing/i.test(name)),
  ).toEqual(['previousSecretUntil']);
  await mutate(server.url, 'deleteWebhook', { id });
});
