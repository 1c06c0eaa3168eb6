import { expect, test } from 'vitest';
import type { Json } from '../support/calls.js';
import { ask, latest, pagesAfter } from '../support/feed.js';
import { openGatedFeed } from '../support/feed-server.js';
import { untilBlocked } from '../support/locks.js';

/** `gate` locks a table that only the selections of the dry runs read; `watcher` only looks at the locks. */
const { gate, watcher, feed } = await openGatedFeed();

async function call(mutation: string, type: string, selection: string, input: Json): Promise<Json> {
  const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { code message } } }`;
  return (await ask(feed.url, query, { input }))[mutation];
}
const recordExchange = (en: string, more: Json = {}, selection = '') => {
  const sides = { partnership: 'tie-rotterdam-shanghai', dutch: 'nl-rotterdam', chinese: 'cn-shanghai' };
  const input = { kind: 'CULTURAL', status: 'HELD', title: { en }, ...sides, ...more };
  return call('recordExchange', 'RecordExchangeInput', `exchange { id ${selection} }`, input);
};
const renameRotterdam = (en: string, expectedVersion: number, more: Json = {}, selection = '') => {
  const input = { id: 'nl-rotterdam', expectedVersion, names: { en }, ...more };
  return call('reviseAuthority', 'ReviseAuthorityInput', `authority { name ${selection} }`, input);
};
const recordOrganisation = (en: string, more: Json = {}) =>
  call('recordOrganisation', 'RecordOrganisationInput', 'organisation { id }', {
    kind: 'MINISTRY',
    names: { en },
    ...more,
  });

/** Runs `others` while the selection of a dry run is open, and returns the payload of the dry run. */
async function during(dryRun: () => Promise<Json>, others: () => Promise<unknown>): Promise<Json> {
  await gate.query('begin');
  await gate.query('lock table status_period in access exclusive mode');
  const dry = dryRun();
  await untilBlocked(watcher, { except: [gate] });
  await others().finally(() => gate.query('commit'));
  return dry;
}
const PERIODS = 'statusPeriods { status }';

test('others write while the selection of a dry run is open', async () => {
  const start = await latest(feed.url);
  const dry = await during(
    () =>
      recordExchange(
        'Tried',
        { dryRun: true, idempotencyKey: 'dry', source: { title: 'Dry', publisher: 'P' } },
        `partnership { ${PERIODS} }`,
      ),
    async () => {
      const written = await Promise.all([
        recordExchange('Held'),
        recordExchange('Held too', { idempotencyKey: 'dry' }),
        recordOrganisation('Beside'),
        renameRotterdam('Rotterdam I', 1),
      ]);
      expect(written.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    },
  );
  expect(dry).toEqual({
    exchange: { id: 'exch-rotterdam-shanghai-tried', partnership: { statusPeriods: [{ status: 'ACTIVE' }] } },
    userErrors: [],
  });
  expect(await pagesAfter(feed.url, start)).toHaveLength(4);
});

test('others write records whose search documents a dry run would change', async () => {
  const dry = await during(
    () => renameRotterdam('Never', 2, { dryRun: true }, `partnerships(first: 1) { nodes { ${PERIODS} } }`),
    async () => {
      const written = await Promise.all([
        call('reviseExchange', 'ReviseExchangeInput', 'exchange { id }', {
          id: 'exch-rotterdam-shanghai-rcro',
          expectedVersion: 1,
          notes: 'Beside',
        }),
        recordExchange('Held as well'),
      ]);
      expect(written.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    },
  );
  expect(dry).toMatchObject({ authority: { name: 'Never' }, userErrors: [] });
});

test('a dry run of a record that is changed meanwhile reads it again', async () => {
  // The dry run has read version 2, and waits for the row that this session changes.
  await gate.query('begin');
  await gate.query("update authority set version = version + 1 where id = 'nl-rotterdam'");
  const dry = renameRotterdam('Late', 2, { dryRun: true });
  await untilBlocked(watcher, { except: [gate] });
  await gate.query('commit');
  expect(await dry).toMatchObject({ authority: expect.any(Object), userErrors: [{ code: 'CONFLICT' }] });
});
