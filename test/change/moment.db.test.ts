import { GraphQLError } from 'graphql';
import sql from 'sql-template-tag';
import { describe, expect, test, vi } from 'vitest';
import { changeCursor, LOG_START, type LogPosition } from '../../src/change/cursor.js';
import { latestPosition } from '../../src/change/log-reader.js';
import { forgetMoments, type Moment, resolveMoment } from '../../src/change/moment.js';
import { queryRows, type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { type Message, renderMessage } from '../../src/messages/message.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';

const { ask, database } = testApi();

const resolve = (text: string): Promise<Moment> => resolveMoment(database().em.fork(), text);

/** Resolves as an instance that has not been asked before. */
function resolveAnew(text: string): Promise<Moment> {
  forgetMoments(database().em);
  return resolve(text);
}

async function refusalOf(text: string): Promise<{ code: unknown; message: string; dutch: string; chinese: string }> {
  const error = await resolve(text).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GraphQLError)) throw new Error(`${text} was accepted, or failed: ${error}`);
  const problem = error.extensions as unknown as Message;
  const [dutch, chinese] = [renderMessage(problem, 'nl'), renderMessage(problem, 'zh')];
  return { code: error.extensions.code, message: error.message, dutch, chinese };
}

interface LoggedChange extends LogPosition {
  time: string;
}

/** All changes, oldest first. */
async function log(): Promise<LoggedChange[]> {
  const rows = await queryRows<LoggedChange>(
    database().em.fork(),
    sql`select id, mark, recorded_at as time from change order by id`,
  );
  return rows.map(row => ({ ...row, time: new Date(row.time).toISOString() }));
}

let notes = 0;

async function revise(): Promise<LoggedChange> {
  notes += 1;
  const { data, errors } = await ask(
    `mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) {
      change { cursor } userErrors { message } organisation { version } } }`,
    { input: { id: 'org-vng', expectedVersion: notes, notes: `Note ${notes}` } as Json },
    ADMIN,
  );
  expect([errors, data.reviseOrganisation.userErrors]).toEqual([undefined, []]);
  const newest = (await log()).at(-1) as LoggedChange;
  expect(data.reviseOrganisation.change.cursor).toBe(changeCursor(newest));
  return newest;
}

const plus = (time: string, ms: number) => new Date(Date.parse(time) + ms).toISOString();

test('each change has a later time than the one before; what was seeded at once has one time', async () => {
  const seeded = await log();
  expect(new Set(seeded.map(({ time }) => time)).size).toBe(1);
  for (let turn = 0; turn < 5; turn += 1) await revise();
  const times = (await log()).slice(seeded.length - 1).map(({ time }) => Date.parse(time));
  for (const [index, time] of times.slice(1).entries()) expect(time).toBeGreaterThan(times[index] as number);
});

test('a cursor and an instant name the last change that was visible', async () => {
  const [first, second] = [await revise(), await revise()];
  for (const change of [first, second]) {
    const moment = { changeId: change.id, cursor: changeCursor(change), recordedAt: change.time };
    expect(await resolveAnew(changeCursor(change))).toEqual(moment);
    expect(await resolveAnew(change.time)).toEqual(moment);
    expect(await resolveAnew(change.time.replace('Z', '+00:00'))).toEqual(moment);
  }
  const before = await resolveAnew(plus(first.time, -1));
  expect(before.changeId).toBeLessThan(first.id);
  // All changes of the seeds, which are of one time.
  const [start] = await log();
  const seeds = (await log()).filter(({ time }) => time === start?.time);
  expect((await resolveAnew(start?.time as string)).changeId).toBe(seeds.at(-1)?.id);
});

test('a moment takes one statement, and none if it was asked for before', async () => {
  const { time, ...position } = await revise();
  const em = database().em.fork();
  const sent: string[] = [];
  const count = (event: unknown) => {
    if ((event as StatementEvent).em === em) sent.push((event as StatementEvent).text);
  };
  statementChannel.subscribe(count);
  try {
    for (const [moment, statements] of [
      [time, 1],
      [time.replace('Z', '+00:00'), 1],
      [changeCursor(position), 2],
      [changeCursor(position), 2],
    ] as const) {
      await resolveMoment(em, moment);
      expect(sent.length).toBe(statements);
    }
  } finally {
    statementChannel.unsubscribe(count);
  }
});

describe('an instant after all changes', () => {
  test('names the newest for ever: a change that follows has a later time, although the clock is behind', async () => {
    const newest = await revise();
    const em = database().em.fork();
    // The database's clock, which the test cannot set back: it was ahead when this instant was answered for.
    await queryRows(em, sql`update log_clock set answered_until = clock_timestamp() + interval '1 hour'`);
    const ahead = plus(new Date().toISOString(), 1_800_000);
    expect((await resolveAnew(ahead)).changeId).toBe(newest.id);
    const next = await revise();
    expect(Date.parse(next.time)).toBeGreaterThan(Date.parse(ahead));
    expect((await resolveAnew(ahead)).changeId).toBe(newest.id);
    expect((await resolveAnew(next.time)).changeId).toBe(next.id);
    // Times of the log run ahead of the clock until it has caught up; they do not go back.
    expect(Date.parse((await revise()).time)).toBe(Date.parse(next.time) + 1);
    await queryRows(em, sql`update log_clock set answered_until = '-infinity'`);
    await queryRows(em, sql`update change set recorded_at = ${newest.time} where id > ${newest.id}`);
  });

  test('is reserved when it is asked for', async () => {
    const newest = await revise();
    await vi.waitUntil(() => Date.now() > Date.parse(newest.time) + 1);
    const now = new Date().toISOString();
    expect((await resolve(now)).changeId).toBe(newest.id);
    const [clock] = await queryRows<{ until: string }>(
      database().em.fork(),
      sql`select answered_until as until from log_clock`,
    );
    expect(new Date(clock?.until as string).getTime()).toBeGreaterThanOrEqual(Date.parse(now));
  });
});

describe('is refused', () => {
  test('the future, with the latest moment that can be asked for', async () => {
    const future = plus(new Date().toISOString(), 60_000);
    const { code, message, dutch, chinese } = await refusalOf(future);
    expect(code).toBe('MOMENT_IN_FUTURE');
    const [, until] =
      /^"[^"]+" is after (\S+), the latest moment that this register can answer for;/.exec(message) ?? [];
    expect(Math.abs(Date.parse(until as string) - Date.now())).toBeLessThan(5_000);
    expect(dutch).toContain('het laatste moment waarover dit register kan antwoorden');
    expect(chinese).toContain('晚于');
    expect((await refusalOf('9999-12-31T23:59:59.999Z')).code).toBe('MOMENT_IN_FUTURE');
  });

  test('what is before the first change, with its time', async () => {
    const [first] = await log();
    const { time } = first as LoggedChange;
    for (const early of [plus(time, -1), '0001-01-01T00:00:00+14:00', changeCursor(LOG_START)]) {
      expect(await refusalOf(early)).toEqual({
        code: 'MOMENT_BEFORE_REGISTER',
        message: `"${early}" is before the first change of the register, which was recorded at ${time}; use that moment or a later one.`,
        dutch: `"${early}" ligt vóór de eerste wijziging van het register, die op ${time} is vastgelegd; gebruik dat moment of een later.`,
        chinese: `"${early}" 早于登记册的首个变更，该变更登记于 ${time}；请使用该时刻或更晚的时刻。`,
      });
    }
  });

  test('a cursor of another register, of an older version, and one after the newest change', async () => {
    const { id, mark } = await latestPosition(database().em.fork());
    const other = changeCursor({ id, mark: '0123456789abcdef' });
    for (const cursor of [other, changeCursor({ id, mark: '' })]) {
      expect(await refusalOf(cursor)).toMatchObject({
        code: 'INVALID_CURSOR',
        message: expect.stringContaining('is the cursor of a change that is not in the log'),
      });
    }
    expect(await refusalOf(changeCursor({ id: id + 1, mark }))).toMatchObject({
      code: 'INVALID_CURSOR',
      message: expect.stringContaining('after the newest one that is known here'),
    });
    expect((await resolve(changeCursor({ id, mark }))).changeId).toBe(id);
  });

  test('a moment of a register without changes', async () => {
    const em = database().em.fork();
    await em.begin();
    try {
      await em.execute('delete from idempotent_answer');
      await em.execute('delete from change');
      for (const moment of [new Date().toISOString(), changeCursor({ id: 1, mark: '0123456789abcdef' })]) {
        await expect(resolveMoment(em, moment)).rejects.toMatchObject({
          message: `The register has no changes yet, so it cannot be read at "${moment}"; read the present.`,
          extensions: { code: 'MOMENT_BEFORE_REGISTER' },
        });
      }
    } finally {
      await em.rollback();
    }
  });

  test('a thousand random texts, each with a code', async () => {
    const parts = [
      '0000',
      '10000',
      '2026',
      '-11',
      '-24',
      'T14:00',
      ':00',
      '.5',
      '+25:00',
      'Z',
      ' ',
      "'; select 1",
      '\u0000',
    ];
    const pick = () => parts[Math.floor(Math.random() * parts.length)];
    for (let turn = 0; turn < 1_000; turn += 1) {
      const text = Array.from({ length: 1 + Math.floor(Math.random() * 6) }, pick).join('');
      const outcome = await resolve(text).then(
        () => 'resolved',
        (error: GraphQLError) => error.extensions?.code ?? error,
      );
      expect([text, outcome]).toEqual([
        text,
        expect.stringMatching(/^(?:resolved|INVALID_MOMENT|MOMENT_IN_FUTURE|MOMENT_BEFORE_REGISTER)$/),
      ]);
    }
  });
});
