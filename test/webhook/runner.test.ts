import { afterEach, expect, test, vi } from 'vitest';
import type { CatchUp, ChangePage } from '../../src/change/catch-up.js';
import { Turns } from '../../src/change/turns.js';
import type { Journal } from '../../src/webhook/journal.js';
import type { LoadedWebhook } from '../../src/webhook/load.js';
import type { RunnerDeps } from '../../src/webhook/runner-deps.js';
import { WebhookResult } from '../../src/webhook/webhook.enums.js';
import { sleep, until } from '../support/feed.js';
import { changeOf, mark, pageOf, startRunner } from '../support/webhook-runner.js';

afterEach(() => void vi.restoreAllMocks());

/** A log that always has a next change. */
const endless = { read: async ({ id }) => pageOf(changeOf(id + 1)) } as Pick<CatchUp, 'read'> as CatchUp;

test('a page that was read before a redaction, and arrives after it, is not sent', async () => {
  const reads: PromiseWithResolvers<ChangePage>[] = [];
  const read = () => {
    const page = Promise.withResolvers<ChangePage>();
    reads.push(page);
    return page.promise;
  };
  const { runner, bodies } = startRunner({}, { catchUp: { read } as unknown as CatchUp });
  await until('it reads', () => reads.length === 1);
  runner.discard();
  reads[0]?.resolve(pageOf(changeOf(2, 'By Jan Zonderling')));
  await until('it reads again', () => reads.length === 2);
  reads[1]?.resolve(pageOf(changeOf(2, 'By [redacted]')));
  await until('it is sent', () => bodies.length === 1);
  expect(bodies[0]).toContain('By [redacted]');
});

test('of a webhook that is changed while its redelivery ends, no change is passed over, and its state of before is not saved', async () => {
  const redeliveryRead = Promise.withResolvers<ChangePage>();
  let reads = 0;
  const read = async ({ id }: { id: number }) => {
    reads += 1;
    if (id === 0) return redeliveryRead.promise;
    return id < 3 ? pageOf(changeOf(id + 1)) : { changes: [], end: { id, mark } };
  };
  const saved: number[] = [];
  const save = ({ revision }: LoadedWebhook) => void saved.push(revision);
  const { runner, bodies } = startRunner(
    { redelivery: { id: 0, mark: '', until: 1 } },
    {
      catchUp: { read } as Pick<CatchUp, 'read'> as CatchUp,
      journal: { add: save, moved: save } as unknown as Journal,
    },
  );
  await until('it reads what is to be sent again', () => reads === 1);
  runner.replace({ ...runner.webhook, redelivery: null, revision: 2 });
  // Nothing is left to be sent again.
  redeliveryRead.resolve(pageOf(changeOf(2)));
  await until('the newest is sent', () => bodies.at(-1)?.includes('"subjectVersion":3') ?? false);
  expect(bodies.map(body => JSON.parse(body).data.changes[0].subjectVersion)).toEqual([2, 3]);
  expect(new Set(saved)).toEqual(new Set([2]));
});

test('the pause between two requests does not depend on the clock, which may be set back', async () => {
  const { bodies } = startRunner({ allowedRate: 600 }, { catchUp: endless });
  await until('one is sent', () => bodies.length === 1);
  const hourAgo = Date.now() - 3_600_000;
  vi.spyOn(Date, 'now').mockImplementation(() => hourAgo);
  await until('the next one is sent', () => bodies.length === 2);
});

test.each([-3_600_000, 1_780_000_000_000])(
  'a request has the duration that it took, also if the clock is set by %d ms meanwhile',
  async step => {
    const durations: number[] = [];
    const add: Journal['add'] = (_webhook, { duration }) => void durations.push(duration);
    const send: RunnerDeps['send'] = async () => {
      const then = Date.now() + step;
      vi.spyOn(Date, 'now').mockImplementation(() => then);
      return { result: WebhookResult.ACCEPTED, statusCode: 204, headers: {} };
    };
    startRunner(
      { allowedRate: 1 },
      { catchUp: endless, send, journal: { add, moved: () => undefined } as unknown as Journal },
    );
    await until('one is sent', () => durations.length === 1);
    expect(durations[0]).toBeGreaterThanOrEqual(0);
    // The whole statement that stores it would fail for a number that is no integer of the database.
    expect(durations[0]).toBeLessThan(10_000);
  },
);

test('a receiver that answers slowly gives another one its turn after a second', async () => {
  const turns = new Turns(1);
  let requests = 0;
  const send: RunnerDeps['send'] = async () => {
    requests += 1;
    await sleep(250);
    return { result: WebhookResult.ACCEPTED, statusCode: 204, headers: {} };
  };
  startRunner({}, { turns, send, catchUp: endless });
  const { bodies } = startRunner({ id: 'hook-2' }, { turns, catchUp: endless });
  await until('the other one has its turn', () => bodies.length > 0);
  expect(requests).toBeLessThanOrEqual(5);
});
