import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { CatchUp, ChangePage } from '../../src/change/catch-up.js';
import { type Change, ChangeKind, SubjectType } from '../../src/change/change.js';
import type { ChangeStream } from '../../src/change/stream.js';
import { Turns } from '../../src/change/turns.js';
import type { Journal } from '../../src/webhook/journal.js';
import type { LoadedWebhook } from '../../src/webhook/load.js';
import { DEFAULT_RETRIES } from '../../src/webhook/outcome.js';
import { WebhookRunner } from '../../src/webhook/runner.js';
import type { RunnerDeps } from '../../src/webhook/runner-deps.js';
import { newSigningSecrets } from '../../src/webhook/signature.js';
import { WebhookForm, WebhookResult, WebhookStatus } from '../../src/webhook/webhook.enums.js';
import { sleep, until } from '../support/feed.js';

afterEach(() => void vi.restoreAllMocks());

const mark = '0123456789abcdef';

const changeOf = (id: number, reason: string | null = null): Change => ({
  id,
  mark,
  kind: ChangeKind.REVISED,
  recordedAt: new Date(),
  actor: 'test',
  reason,
  subjectType: SubjectType.ORGANISATION,
  subjectId: 'org-vng',
  subjectVersion: id,
  authorities: [],
  fields: [],
  changeSet: null,
});

/** A page with one change. */
const pageOf = (change: Change): ChangePage => ({ changes: [change], end: change });

/** Starts to deliver, and stops at the end of the test. Returns the bodies that were sent. */
function startRunner(more: Partial<LoadedWebhook>, deps: Pick<RunnerDeps, 'catchUp'> & Partial<RunnerDeps>) {
  const bodies: string[] = [];
  const turns = new Turns(1);
  const webhook: LoadedWebhook = {
    id: 'hook-1',
    revision: 1,
    url: 'https://example.nl/',
    filter: {},
    form: WebhookForm.FULL,
    status: WebhookStatus.ACTIVE,
    isConfirmed: true,
    allowedRate: null,
    position: { id: 1, mark },
    redelivery: null,
    ping: null,
    attempts: 0,
    failingSince: null,
    nextAttemptAt: null,
    problem: null,
    deliveryCount: 0,
    secrets: { current: newSigningSecrets(), previous: undefined },
    ...more,
  };
  const runner = new WebhookRunner(webhook, {
    changes: { remembers: () => false } as unknown as ChangeStream,
    journal: { add: () => undefined, moved: () => undefined } as unknown as Journal,
    turns,
    failingTurns: turns,
    origin: { source: 'urn:nld:stedenband', publicUrl: 'https://register.example.nl' },
    requestOrigin: 'register.example.nl',
    retries: DEFAULT_RETRIES,
    resolveFilter: async () => ({}),
    isLeader: () => true,
    signal: new AbortController().signal,
    observer: { onAttempt: () => undefined, onStatus: () => undefined, onFailure: () => undefined },
    send: async ({ body = '' }) => {
      bodies.push(body);
      return { result: WebhookResult.ACCEPTED, statusCode: 204, headers: {} };
    },
    ...deps,
  });
  onTestFinished(() => runner.stop());
  return { runner, bodies };
}

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
