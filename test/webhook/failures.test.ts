import { expect, onTestFinished, test } from 'vitest';
import { until } from '../support/feed.js';
import { openReceiver } from '../support/receiver.js';
import { createWebhook, reviseNotes, webhookServer } from '../support/webhooks.js';

const lines: string[] = [];
const server = webhookServer({}, line => void lines.push(line));

test('a webhook whose key cannot be read is in the log, not at each try, and others get their changes', async () => {
  const [damaged, intact] = [await openReceiver(), await openReceiver()];
  onTestFinished(async () => void (await Promise.all([damaged.close(), intact.close()])));
  const { id } = await createWebhook(server.url, { url: damaged.url });
  await createWebhook(server.url, { url: intact.url });
  await server.database.em
    .getConnection()
    .execute(`update webhook set signing_key = 'whsk_damaged', revision = revision + 1 where id = '${id}'`);
  await until('the failure is in the log', async () => {
    await reviseNotes(server.url, 1);
    return lines.length > 0;
  });
  const written = await reviseNotes(server.url, 5);
  await until('the other got all', () => intact.accepted.at(-1)?.id === written.at(-1));
  expect(lines).toEqual(['delivering to webhooks failed, and is tried again']);
});
