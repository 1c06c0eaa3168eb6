import { expect, test, vi } from 'vitest';
import { type Balancer, openBalancer } from '../support/balancer.js';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, followAlways, idOf, latest, overEvents, overWebSocket, pagesAfter, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { write } from '../support/feed-writers.js';
import { times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(60_000, 600_000) });

const RESTARTS = times(1, 10);

/** Gives the balancer time to notice that an instance is stopping. */
const SETTINGS = { SHUTDOWN_DELAY: '400' };

test(`two instances are restarted in turn, ${RESTARTS} times, under load and with subscribers: no request fails`, async () => {
  const database = await copyOnPostgreSql();
  const start = () => startBuilt(database, '0', [], SETTINGS);
  const instances: Built[] = await Promise.all([start(), start()]);
  const urls = instances.map(({ url }) => url);
  const balancer: Balancer = await openBalancer(urls);
  const { url } = balancer;
  try {
    const startCursor = await latest(url);
    const subscribers = [overWebSocket, overEvents].map(over => followAlways(over, url, startCursor));
    const failures: unknown[] = [];
    let stopped = false;
    let reads = 0;
    const reader = async () => {
      while (!stopped) {
        await ask(url, '{ partnerships(first: 5) { nodes { id dutch { name } } } }').then(
          () => {
            reads += 1;
          },
          error => failures.push(error),
        );
      }
    };
    const readers = Array.from({ length: 4 }, reader);
    const writing = (async () => {
      const all = [];
      while (!stopped) {
        all.push(
          ...(await write(
            () => url,
            { writers: 2, mutations: 20, pause: 10 },
            undefined,
            error => failures.push(error),
          )),
        );
      }
      return all;
    })();
    for (let restart = 1; restart <= RESTARTS; restart += 1) {
      for (const [index, address] of urls.entries()) {
        expect(await instances[index]?.kill('SIGTERM')).toEqual({ code: 0, signal: null });
        expect(instances[index]?.errors()).toBe('');
        instances[index] = await startBuilt(database, new URL(address).port, [], SETTINGS);
        await until('it is ready', async () => (await fetch(`${address}/health/ready`)).status === 200);
      }
    }
    stopped = true;
    const [acknowledged] = await Promise.all([writing, ...readers]);
    expect(failures).toEqual([]);
    expect(reads).toBeGreaterThan(20);
    const pages = await pagesAfter(url, startCursor);
    expect(pages.map(({ cursor }) => idOf(cursor)).toSorted()).toEqual(
      acknowledged.map(({ cursor }) => idOf(cursor)).toSorted(),
    );
    for (const following of subscribers) {
      await until('all arrived', () => following.changes.length >= pages.length);
      await following.stop();
      expect(following.resumed).toBeGreaterThan(0);
      expect(following.changes).toEqual(pages);
    }
    for (const instance of instances) expect(await instance.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  } finally {
    await balancer.close();
    for (const { child } of instances) child.kill('SIGKILL');
  }
});
