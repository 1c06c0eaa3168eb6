import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { parseDatabaseUrl } from '../../src/database/connection/url.js';
import { runExclusively } from '../../src/database/exclusive.js';
import { openDatabase } from '../../src/database/open.js';
import { runCommand } from '../support/command.js';
import { databaseUrl } from '../support/global.js';

/** Printed by those that find another one at work. */
const WAITING = 'Another process migrates or seeds this database; waiting for it.\n';

test('three processes migrate at once, three times, and seed: one does the work, and all end with 0', async () => {
  for (let round = 1; round <= 3; round += 1) {
    const url = await emptyDatabase(`${inject('template')}_exclusive_${round}`);
    const inParallel = async (name: string) => {
      const runs = [1, 2, 3].map(() => runCommand(name, { DATABASE_URL: url }));
      return (await Promise.all(runs))
        .map(({ code, out, err }) => `${code} ${out}${err.replace(WAITING, '')}`)
        .toSorted();
    };
    const nothing = '0 The database has all migrations.\n';
    expect(await inParallel('commands/migrate')).toEqual(
      [expect.stringMatching(/^0 Migrated: /), nothing, nothing].toSorted(byText),
    );
    if (round > 1) continue;
    const all = '0 The database holds all records of the seeds.\n';
    expect(await inParallel('commands/seed')).toEqual(
      [expect.stringMatching(/^0 Seeded \d+ records\.\n/), all, all].toSorted(byText),
    );
  }
}, 240_000);

/** "Migrated" and "Seeded" come before "The". */
const byText = (line: unknown): number => (typeof line === 'string' ? 1 : -1);

test('a lock ends with its work, also when it fails, and with its process', async () => {
  const url = await emptyDatabase(`${inject('template')}_exclusive`);
  const [first, second] = await Promise.all([1, 2].map(() => openDatabase({ kind: 'postgresql', url })));
  const order: string[] = [];
  const said = vi.spyOn(console, 'error').mockImplementation(text => void order.push(`${text}\n`));
  const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));
  try {
    const failing = first?.exclusively(async () => {
      order.push('first begins');
      await pause(300);
      order.push('first ends');
      throw new Error('failed');
    });
    await pause(150);
    const following = second?.exclusively(async () => order.push('second'));
    await expect(failing).rejects.toThrow('failed');
    await following;
    expect(order).toEqual(['first begins', WAITING, 'first ends', 'second']);
  } finally {
    said.mockRestore();
    await Promise.all([first?.close(), second?.close()]);
  }
});

test('work ends also if the connection of its lock died meanwhile without a word', async () => {
  const target = new URL(inject('server'));
  let isSilent = false;
  // It does not answer the end of a connection either.
  const proxy = createServer({ allowHalfOpen: true }, client => {
    const server = connect(Number(target.port), '127.0.0.1');
    client.on('data', data => isSilent || server.write(data));
    server.on('data', data => isSilent || client.write(data));
    onTestFinished(() => void [client, server].map(socket => socket.destroy()));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void proxy.close());
  await once(proxy, 'listening');
  const url = new URL(target);
  url.port = String((proxy.address() as AddressInfo).port);
  const work = async () => {
    isSilent = true;
    return 'done';
  };
  expect(await runExclusively(parseDatabaseUrl(url.href, 'DATABASE_URL'), work)).toBe('done');
}, 20_000);

async function emptyDatabase(name: string): Promise<string> {
  const maintenance = await openDatabase({ kind: 'postgresql', url: inject('server') });
  await maintenance.em.getConnection().execute(`create database ${name}`);
  await maintenance.close();
  return databaseUrl(inject('server'), name);
}
