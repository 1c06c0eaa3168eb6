import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ATTACKS, type Attack } from '../attacks/cases.js';
import { gql, type Reply, send } from '../attacks/request.js';
import { type Attacked, startAttacked, startClients } from '../attacks/server.js';
import type { Json } from '../support/calls.js';

let server: Attacked;
let before: Json;
beforeAll(async () => {
  server = await startAttacked();
  before = await held();
});
afterAll(() => server?.stop());

/** Numbers of records of the register. */
async function held(): Promise<Json> {
  const counted = ['authorities', 'partnerships', 'programmes', 'exchanges', 'organisations', 'changes'];
  const { text } = await send(server.url, gql(`{ ${counted.map(name => `${name} { totalCount }`).join(' ')} }`));
  expect(JSON.parse(text).errors).toBeUndefined();
  return JSON.parse(text).data;
}

/** Matches text that no client may see: stack traces, paths, SQL, names of modules. */
const SECRETS =
  /\bat (?:\w+\.)*\w+ \(|node_modules|\/(?:dist|src|work)\/|\bselect .* from\b|PGlite|Postgres|Mikro|Driver/i;
/** An answer takes no longer; the quickest of three tries counts, since other tests run beside. */
const MAX_EXCERPT_LENGTH = 100;

function shape({ status, text, headers }: Reply) {
  expect(headers['content-type'], text).toMatch(/^application\/(?:graphql-response\+)?json; charset=utf-8$/i);
  const { errors = [], data } = JSON.parse(text) as Json;
  expect(text).not.toMatch(SECRETS);
  expect(errors.length).toBeLessThanOrEqual(50);
  expect(text.length).toBeLessThan(60_000);
  return { status, data, code: errors[0]?.extensions.code ?? null, extensions: errors[0]?.extensions };
}

test('the table is as long as it has to be, each attack once', () => {
  expect(ATTACKS.length).toBeGreaterThan(80);
  expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
});

test.each(ATTACKS.map(attack => [attack.name, attack] as const))(
  '%s',
  async (_, { request, status, code, extensions, says }: Attack) => {
    const replies: Reply[] = [];
    do replies.push(await send(server.url, request));
    while ((replies.at(-1)?.took ?? 0) > MAX_EXCERPT_LENGTH && replies.length < 3);
    for (const reply of replies) {
      const { data: _, ...shaped } = shape(reply);
      expect({ ...shaped, text: reply.text.slice(0, 500) }).toMatchObject({ status, code });
      if (extensions) expect(shaped.extensions).toMatchObject(extensions);
      if (says) expect(reply.text).toMatch(says);
    }
    expect(Math.min(...replies.map(({ took }) => took))).toBeLessThan(MAX_EXCERPT_LENGTH);
    expect(server.child.exitCode).toBeNull();
  },
);

// The embedded database shares the thread of the server: there the number of requests decides, not their content.
test.runIf(inject('database') === 'postgresql')('ordinary clients hardly notice', { retry: 2 }, async () => {
  const clients = startClients(server.url);
  let sent = 0;
  /** The 99th percentile of their waiting, in milliseconds: the median of five slices of a second. */
  const waiting = async (isAttacked: boolean) => {
    const p99: number[] = [];
    for (let slice = 0; slice < 5; slice += 1) {
      const end = Date.now() + 1_000;
      for (; isAttacked && Date.now() < end; sent += 1) {
        await send(server.url, (ATTACKS[sent % ATTACKS.length] as Attack).request);
      }
      await sleep(Math.max(0, end - Date.now()));
      const fared = await clients.fared();
      expect(fared.failed).toEqual([]);
      expect(fared.answered).toBeGreaterThan(10);
      p99.push(fared.p99);
    }
    return p99.sort((a, b) => a - b)[2] as number;
  };
  try {
    await waiting(false);
    const quiet = await waiting(false);
    const attacked = await waiting(true);
    expect(sent).toBeGreaterThan(ATTACKS.length);
    // Under a few milliseconds twice as long is noise.
    expect(attacked).toBeLessThan(Math.max(2 * quiet, quiet + 50));
  } finally {
    clients.stop();
  }
});

test('the server lives, holds what it held, and its log is its own', async () => {
  expect(server.child.exitCode).toBeNull();
  expect(await held()).toEqual(before);
  expect(({} as Json).polluted).toBeUndefined();
  expect(server.log()).not.toMatch(/^.{0,5}FAKE LOG LINE/m);
  expect(server.log()).not.toContain('\u001b[31m');
  expect(server.log()).not.toMatch(/error [\da-f-]{36}/);
});
