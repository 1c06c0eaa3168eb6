import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../support/calls.js';
import { settableClock } from '../support/faketime.js';
import { KEY } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { questions } from '../support/questions.js';

let folder: string;
let server: Built | undefined;

/** Returns the day in Amsterdam at an instant. */
const dayAt = (instant: number) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(instant);

/** Returns the seconds until the next midnight in Amsterdam. */
function secondsToMidnight(now: number): number {
  let [before, after] = [now, now + 86_400_000];
  while (after - before > 1_000) {
    const middle = (before + after) / 2;
    if (dayAt(middle) === dayAt(now)) before = middle;
    else after = middle;
  }
  return Math.round((after - now) / 1_000);
}

const STATUSES = `{ partnerships(first: 100) { nodes { id status statusSince statusPeriods { status from until } } }
  byStatus: partnershipGroups(by: [STATUS]) { status count }
  exchangeGroups(by: [PARTNERSHIP_STATUS]) { partnershipStatus count }
  active: partnerships(filter: { status: { eq: ACTIVE } }) { totalCount } }`;
const DOCUMENTS = [...questions, { name: 'statuses', query: STATUSES, variables: undefined }];
const EXPORTS = ['partnerships', 'authorities', 'programmes', 'exchanges', 'organisations'];

async function ask(path: string, query: string, variables: unknown): Promise<string> {
  const response = await fetch(`${server?.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.text();
}

/** Asks everything: as JSON without the costs and positions that stand beside the data, and the files of exports. */
async function answers(moment: string): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const path of ['/graphql', `/graphql?knownAt=${moment}`]) {
    for (const { name, query, variables } of DOCUMENTS) {
      const { data, errors } = JSON.parse(await ask(path, query, variables)) as Json;
      all[`${path} ${name}`] = { data, errors };
    }
  }
  for (const type of EXPORTS) {
    for (const search of ['', `?knownAt=${moment}`]) {
      all[`${type} ${search}`] = await (await fetch(`${server?.url}/export/${type}.ndjson${search}`)).text();
    }
  }
  return all;
}

/** Returns the day that counts as today for the server, by a rule that depends on it: evidence is not in the future. */
async function isRefusedAsFuture(day: string): Promise<boolean> {
  const query = `mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) { userErrors { rule } } }`;
  const input = { id: 'tie-oss-taizhou', expectedVersion: 1, lastEvidenceOn: day, dryRun: true };
  const { data } = JSON.parse(await ask('/graphql', query, { input })) as Json;
  return data.revisePartnership.userErrors.some(({ rule }: Json) => rule === 'DATE_IN_FUTURE');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-midnight-'));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  server?.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

test.skipIf(!settableClock(join(tmpdir(), `stedenband-midnight-${process.pid}`)))(
  'no answer changes at midnight in Amsterdam (needs faketime)',
  async () => {
    const clock = settableClock(join(folder, 'clock')) as NonNullable<ReturnType<typeof settableClock>>;
    const seconds = secondsToMidnight(Date.now());
    const tomorrow = dayAt(Date.now() + seconds * 1_000 + 60_000);
    clock.set(`+${seconds - 300}s`);
    // Without the response cache, which would give the answers of the evening.
    const settings = { ...clock.environment, DATA_DIR: join(folder, 'data'), RESPONSE_CACHE: 'off', DATABASE_URL: '' };
    server = await startBuilt('', '0', [], settings);
    const { data } = JSON.parse(await ask('/graphql', '{ latestChangeCursor }', {})) as Json;
    expect(await isRefusedAsFuture(tomorrow)).toBe(true);
    const evening = await answers(data.latestChangeCursor);
    expect(await isRefusedAsFuture(tomorrow)).toBe(true);
    clock.set(`+${seconds + 5}s`);
    expect(await isRefusedAsFuture(tomorrow)).toBe(false);
    expect(await answers(data.latestChangeCursor)).toEqual(evening);
  },
);
