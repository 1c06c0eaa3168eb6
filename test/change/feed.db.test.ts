import 'reflect-metadata';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import type { Change } from '../../src/change/change.js';
import { changeCursor, decodeChangeCursor, LOG_START } from '../../src/change/cursor.js';
import { ChangeStream } from '../../src/change/stream.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { prepareOperation } from '../../src/server/graphql/prepare-operation.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { firstEvent } from '../support/feed.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 10_000 });

const { ask, database, service } = testApi();
const RECORD = `mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) {
  organisation { id } change { cursor } userErrors { code } } }`;

async function record(en: string, more: Json = {}): Promise<string | undefined> {
  const { data, errors } = await ask(RECORD, { input: { kind: 'MINISTRY', names: { en }, ...more } }, ADMIN);
  expect(errors).toBeUndefined();
  return data.recordOrganisation.change?.cursor;
}
const latest = async (): Promise<string> => (await ask('{ latestChangeCursor }')).data.latestChangeCursor;

const followed: AsyncGenerator<unknown>[] = [];
afterEach(async () => {
  await Promise.all(followed.splice(0).map(subscription => subscription.return(undefined)));
  expect(service().changes.size).toBe(0);
});
/** Follows, from what this process knows to be now. */
function follow(after?: string, filter = {}): AsyncGenerator<Change> {
  const position = after === undefined ? undefined : decodeChangeCursor(after);
  const subscription = service().changes.subscribe(position, { filter, withFields: true });
  followed.push(subscription);
  return subscription;
}
async function take(subscription: AsyncGenerator<Change>, count: number): Promise<string[]> {
  const cursors: string[] = [];
  while (cursors.length < count) cursors.push(changeCursor((await subscription.next()).value));
  return cursors;
}

describe('the feed', () => {
  test('gives the whole log in order, as pages do, and goes on with what comes', async () => {
    const subscription = follow(changeCursor(LOG_START));
    const pages: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data }: Json = await ask(
        'query($after: ChangeCursor) { changes(first: 100, after: $after) { nodes { cursor } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      pages.push(...data.changes.nodes.map(({ cursor }: Json) => cursor));
      if (!data.changes.pageInfo.hasNextPage) break;
      after = data.changes.pageInfo.endCursor;
    }
    expect(pages.length).toBeGreaterThan(300);
    expect(await take(subscription, pages.length)).toEqual(pages);
    expect(pages.at(-1)).toBe(await latest());
    const next = take(subscription, 2);
    expect([await record('Whole log 1'), await record('Whole log 2')]).toEqual(await next);
  });

  test('without a place gives only what comes', async () => {
    await service().changes.refresh();
    const subscription = follow();
    const cursors = [await record('Live 1'), await record('Live 2')];
    expect(await take(subscription, 2)).toEqual(cursors);
  });

  test('tells everyone at their own pace', async () => {
    const start = await latest();
    const [quick, slow] = [follow(start), follow(start)];
    const cursors = [];
    for (let n = 0; n < 20; n += 1) {
      cursors.push(await record(`Pace ${n}`));
      expect(await take(quick, 1)).toEqual(cursors.slice(-1));
    }
    expect(await take(slow, 20)).toEqual(cursors);
  });

  test('tells nothing of what was refused or only tried', async () => {
    await service().changes.refresh();
    const subscription = follow();
    const next = subscription.next();
    await record('Tried', { dryRun: true });
    await record(' ');
    await service().changes.refresh();
    const cursor = await record('Made');
    expect(changeCursor((await next).value)).toBe(cursor);
  });

  test('tells nothing of what is only tried while it is being tried', async () => {
    await service().changes.refresh();
    const subscription = follow();
    const next = subscription.next();
    const deep = RECORD.replace(
      'organisation { id }',
      'organisation { id programmes { nodes { id organisations { nodes { id } } } } }',
    );
    const tries = Array.from({ length: 10 }, async (_, n) => {
      const input = { kind: 'MINISTRY', names: { en: `Only tried ${n}` }, dryRun: true };
      const trying = ask(deep, { input }, ADMIN);
      const waking = setInterval(() => void service().changes.refresh(), 1);
      await trying;
      clearInterval(waking);
    });
    await Promise.all(tries);
    const cursor = await record('Made after all');
    expect(changeCursor((await next).value)).toBe(cursor);
  });

  test('filters, and goes past what does not fit', async () => {
    const start = await latest();
    const wanted = 'org-filtered-2';
    const [bySubject, byKind] = [
      follow(start, { subjectIds: [wanted] }),
      follow(start, { kinds: ['RECORDED'], subjectTypes: ['ORGANISATION'] }),
    ];
    const cursors = [await record('Filtered 1'), await record('Filtered 2'), await record('Filtered 3')];
    expect(await take(bySubject, 1)).toEqual([cursors[1]]);
    expect(await take(byKind, 3)).toEqual(cursors);
  });

  test('that waits is left at once, by return() and by break', async () => {
    await service().changes.refresh();
    const subscription = follow();
    const next = subscription.next();
    await new Promise(setImmediate);
    expect(service().changes.size).toBe(1);
    const since = performance.now();
    expect(await subscription.return(undefined)).toEqual({ done: true, value: undefined });
    expect(await next).toEqual({ done: true, value: undefined });
    expect(performance.now() - since).toBeLessThan(50);
    expect(service().changes.size).toBe(0);
    expect(await subscription.next()).toEqual({ done: true, value: undefined });
    for await (const _ of follow(changeCursor(LOG_START))) break;
    expect(service().changes.size).toBe(0);
  });

  test('reads again what it was reading when a text was removed', async () => {
    const stream = service().changes;
    await record('Before the text was removed');
    let readings = 0;
    const listen = (event: unknown) => {
      if (/from "?change"? c/.test((event as StatementEvent).text)) readings += 1;
    };
    statementChannel.subscribe(listen);
    onTestFinished(() => void statementChannel.unsubscribe(listen));
    await stream.refresh();
    const once = readings;
    const reading = stream.refresh();
    stream.onRedacted();
    await reading;
    expect([once, readings]).toEqual([1, 3]);
  });

  test('goes on when the database was away for a moment', async () => {
    let away = false;
    const problem = new Error('The database is away.');
    const failures: unknown[] = [];
    const observer = { onHistoryChanged() {}, onRedacted() {}, onUnmarkedCursor() {} };
    const stream = new ChangeStream(
      () => {
        if (away) throw problem;
        return database().em.fork();
      },
      { ...observer, onReadFailed: error => failures.push(error) },
    );
    await stream.start();
    const [old, live] = [stream.subscribe(LOG_START), stream.subscribe(undefined)];
    away = true;
    const nexts = [old.next(), live.next()];
    const cursor = (await record('While it was away')) as string;
    await stream.refresh();
    expect(failures).toEqual([problem]);
    away = false;
    await stream.refresh();
    expect((await Promise.all(nexts)).map(({ value }) => value.id)).toEqual([1, decodeChangeCursor(cursor).id]);
    stream.stop();
  });
});

describe('a subscription', () => {
  const subscribe = (query: string, variables: Json = {}) => {
    const { operation } = prepareOperation(service().documents, { query });
    if (!operation) throw new Error(`No operation is in ${query}`);
    return service().fanout.subscribe(operation, variables, { identity: ANONYMOUS, address: '' }, () => undefined);
  };

  test('answers in the words of its document, with what belongs to the subject', async () => {
    await service().changes.refresh();
    const following = await subscribe(
      'subscription { made: changes { kind subject { id ... on Organisation { name citations { source { title } } } } } }',
    );
    if (following.errors) throw new Error(String(following.errors));
    const received = firstEvent(following.events);
    const cursor = await record('Answered', { source: { title: 'A', publisher: 'B' } });
    const event = await received;
    expect(event.cursor).toBe(cursor);
    expect(JSON.parse(String(event.json))).toEqual({
      data: {
        made: {
          kind: 'RECORDED',
          subject: { id: 'org-answered', name: 'Answered', citations: [{ source: { title: 'A' } }] },
        },
      },
    });
  });

  test.each([
    ['a cursor of another register', { after: changeCursor({ id: 1, mark: '0123456789abcdef' }) }, 'INVALID_CURSOR'],
    ['a cursor that is none', { after: 'nonsense' }, 'INVALID_CURSOR'],
    [
      'a cursor beyond the newest change, of an older version',
      { after: changeCursor({ id: 1_000_000, mark: '' }) },
      'INVALID_CURSOR',
    ],
    ['an authority that is unknown', { filter: { authority: 'nl-rotterdamm' } }, 'BAD_USER_INPUT'],
    ['a malformed id', { filter: { subjectIds: ['\u0000'] } }, 'BAD_USER_INPUT'],
  ])('is refused for %s', async (_, variables, code) => {
    const query =
      'subscription($after: ChangeCursor, $filter: ChangeFilter) { changes(after: $after, filter: $filter) { cursor } }';
    const { errors } = await subscribe(query, variables);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
  });
});
