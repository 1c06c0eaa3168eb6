import { expect, test } from 'vitest';
import { readSeeds } from '../../src/database/seed/seed.js';
import { storeSeeds } from '../../src/database/seed/store.js';
import { verify } from '../../src/database/verify/verify.js';
import { brief, type Json } from '../support/calls.js';
import { ask, latest, pagesAfter } from '../support/feed.js';
import { openGatedFeed } from '../support/feed-server.js';
import { untilBlocked } from '../support/locks.js';

/** The key of the advisory lock that writers take before they write to the log. */
const LOG_LOCK = 7_370_001;

const { gate, watcher, feed } = await openGatedFeed();
const seeds = await readSeeds(new URL('../../seeds/', import.meta.url));

/** The initial data, and one municipality more. */
function withMunicipality(nl: string, code: string) {
  const delft = seeds.authorities.find(({ id }) => id === 'nl-delft') as Json;
  const authority = { ...delft, id: `nl-${nl.toLowerCase()}`, names: { ...delft.names, nl }, code, wikidataId: null };
  return { ...seeds, authorities: [...seeds.authorities, authority] };
}
const store = (content: typeof seeds) => storeSeeds(feed.database.em, content);

/** Records that municipality through the server. Returns the broken rules. */
async function record(nl: string, code: string): Promise<Json[]> {
  const input = { dutchLevel: 'MUNICIPALITY', names: { nl }, code };
  return (await ask(feed.url, brief('recordAuthority'), { input })).recordAuthority.userErrors;
}

test('a seed finds the record that a server writes meanwhile, and two seeds at once write one', async () => {
  await gate.query('begin');
  await gate.query(`select pg_advisory_xact_lock(${LOG_LOCK})`);
  // It has inserted the record, and waits for the log.
  const recorded = record('Nieuwstad', 'GM9998');
  await untilBlocked(watcher);
  const stored = [store(withMunicipality('Nieuwstad', 'GM9998')), store(withMunicipality('Oudstad', 'GM9997'))];
  stored.push(store(withMunicipality('Oudstad', 'GM9997')));
  await gate.query('commit');
  expect(await recorded).toEqual([]);
  expect((await Promise.all(stored)).toSorted()).toEqual([0, 0, 1]);
});

test('a seed and a writer that wait for each other both end, and one of them writes the record', async () => {
  const start = await latest(feed.url);
  await gate.query('begin');
  await gate.query('lock table source in share row exclusive mode');
  // It has read what is missing, and waits at the gate.
  const stored = store(withMunicipality('Middenstad', 'GM9996'));
  await untilBlocked(watcher);
  const recorded = record('Middenstad', 'GM9996');
  await untilBlocked(watcher);
  await gate.query('commit');
  const written = [(await stored) === 1, (await recorded).length === 0];
  expect(written.toSorted()).toEqual([false, true]);
  expect(await pagesAfter(feed.url, start)).toHaveLength(1);
  expect((await verify(feed.database)).differences).toEqual([]);
});
