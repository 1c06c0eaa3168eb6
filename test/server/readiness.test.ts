import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { shareResult } from '../../src/server/observability/health.js';
import { until } from '../support/feed.js';
import { openTestServer } from '../support/server.js';

/** The statement of a check that the server sends for nothing else while nobody writes. */
const LAG = /^select id, mark from change order by id desc limit 1$/;

test('calls of /health/ready at the same time, and shortly afterwards, share one check', async () => {
  const server = await openTestServer();
  let checks = 0;
  const count = (message: unknown) => {
    if (LAG.test((message as StatementEvent).text)) checks += 1;
  };
  statementChannel.subscribe(count);
  try {
    const ready = async () => (await fetch(`${server.url}/health/ready`)).status;
    expect(await Promise.all(Array.from({ length: 30 }, ready))).toEqual(Array.from({ length: 30 }, () => 200));
    expect(checks).toBe(1);
    await until('a later call checks again', async () => {
      await ready();
      return checks === 2;
    });
  } finally {
    statementChannel.unsubscribe(count);
    await server.close();
  }
});

test('a result is shared while it is computed, and for its time afterwards', async () => {
  let computed = 0;
  let settle = (_: number) => {};
  const shared = shareResult(() => {
    computed += 1;
    return new Promise<number>(resolve => {
      settle = resolve;
    });
  }, 20);
  const [first, second] = [shared(), shared()];
  await sleep(60);
  const third = shared();
  settle(7);
  expect([await first, await second, await third, await shared(), computed]).toEqual([7, 7, 7, 7, 1]);
  await until('the time is over', () => {
    void shared();
    return computed === 2;
  });
});
