import { expect, test, vi } from 'vitest';
import { copyOnPostgreSql } from '../support/database.js';
import { idOf, random, sleep, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { openReceiver, verify } from '../support/receiver.js';
import { inQuiet, times } from '../support/soak.js';
import { createWebhook, reviseNotes, webhookOf } from '../support/webhooks.js';

vi.setConfig({ testTimeout: times(180_000, 900_000) });

const KILLS = times(3, 20);
const CHANGES_PER_KILL = 40;
/** From a kill until the other instance has delivered all. */
const MAX_TAKEOVER_MS = 5_000;
const SETTINGS = { WEBHOOKS: 'loopback', WEBHOOK_PUBLIC_URL: 'https://register.example.nl' };

test(`of two instances the one that delivers is killed ${KILLS} times: nothing is lost, and what comes twice has one id`, async () => {
  const database = await copyOnPostgreSql();
  const start = (port = '0') => startBuilt(database, port, [], SETTINGS);
  const instances: Built[] = [await start(), await start()];
  const pids = () => instances.map(({ child }) => child.pid);
  const receiver = await openReceiver();
  try {
    // Writes go through an instance of their own, which is never killed and delivers nothing.
    const writer = await startBuilt(database, '0', [], { WEBHOOKS: 'off' });
    instances.push(writer);
    const { id, secret } = await createWebhook(instances[0]?.url as string, { url: receiver.url });
    await until('it is confirmed', async () => (await webhookOf(writer.url, id)).status === 'ACTIVE');
    const cursors: string[] = [];
    const takeovers: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const count = receiver.accepted.length;
      cursors.push(...(await reviseNotes(writer.url, CHANGES_PER_KILL / 2)));
      await until('some arrived', () => receiver.accepted.length > count);
      const writing = reviseNotes(writer.url, CHANGES_PER_KILL / 2);
      await sleep(random(50));
      // Both in turn: one of the two kills meets the instance that delivers.
      const victim = kill % 2;
      await instances[victim]?.kill('SIGKILL');
      const killedAt = Date.now();
      cursors.push(...(await writing));
      await until('the other one delivered the rest', () => receiver.accepted.at(-1)?.id === cursors.at(-1));
      takeovers.push(Date.now() - killedAt);
      instances[victim] = await start();
    }
    expect(pids().every(pid => pid !== undefined)).toBe(true);
    const order = receiver.accepted.map(({ id }) => idOf(id));
    const first = [...new Set(order)];
    expect(first).toEqual(cursors.map(idOf));
    const bodies = new Map<string, string>();
    for (const received of receiver.accepted) {
      verify(secret, received);
      expect(bodies.get(received.id) ?? received.body).toBe(received.body);
      bodies.set(received.id, received.body);
    }
    // The lease lasts 3 s, and is looked at each second.
    expect(Math.max(...takeovers)).toBeLessThan(inQuiet(MAX_TAKEOVER_MS));
    console.log(`${order.length - first.length} of ${first.length} came twice; ${Math.max(...takeovers)} ms at most`);
    for (const instance of instances) expect(await instance.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  } finally {
    for (const { child } of instances) child.kill('SIGKILL');
    await receiver.close();
  }
});
