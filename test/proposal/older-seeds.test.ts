import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { migrate } from '../../src/database/migrate.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import { readSeeds } from '../../src/database/seed/seed.js';
import type { Seeds } from '../../src/database/seed/seed.schemas.js';
import { storeSeeds } from '../../src/database/seed/store.js';
import { PartnershipStatus } from '../../src/partnership/partnership.enums.js';
import { createService, type Service } from '../../src/server/service.js';
import { Confidence } from '../../src/source/confidence.js';
import { ADMIN, type Ask } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { openTestDatabase } from '../support/database.js';
import { exportedRows, proposalCalls, source } from '../support/proposals.js';
import { WITHOUT_COST } from '../support/protection.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const FILES = [
  ['authorities', 'AUTHORITY'],
  ['organisations', 'ORGANISATION'],
  ['partnerships', 'PARTNERSHIP'],
  ['programmes', 'PROGRAMME'],
  ['exchanges', 'EXCHANGE'],
] as const;

const WRITABLE = ['SAME', 'REVISE', 'CONFLICT'];

/** Records that the older register lacks, with the exchanges of their sides. */
const ADDED = new Set(['cn-mianyang', 'nl-lisse', 'cn-dafeng', 'tie-lisse-dafeng']);

let seeds: Seeds;
let older: Database;
let fresh: Database;
let service: Service;

async function register(content: Seeds): Promise<Database> {
  const database = await openDatabase({ kind: 'embedded', directory: undefined });
  await migrate(database);
  await storeSeeds(database.em, content);
  return database;
}

/** Returns seeds as they may have been before: fewer records, and other facts of those that are there. */
function olderSeeds(): Seeds {
  const { authorities, partnerships, exchanges, organisations, programmes } = structuredClone(seeds);
  const isThere = ({ id }: { id: string }) => !ADDED.has(id);
  const record = <R extends { id: string }>(records: R[], id: string) =>
    records.find(candidate => candidate.id === id) as R;
  record(authorities, 'cn-jiangyou').prefecture = null;
  record(authorities, 'cn-ninghe').location = { latitude: 39.46194, longitude: 117.7625 };
  for (const authority of authorities) if (authority.country === 'NL') authority.wikidataId = null;
  Object.assign(record(partnerships, 'tie-s-hertogenbosch-wuxi'), {
    status: PartnershipStatus.UNKNOWN,
    lastEvidenceOn: '2019',
    notes: 'Earlier notes.',
  });
  Object.assign(record(partnerships, 'tie-valkenburg-aan-de-geul-jiangyou'), { startedOn: null, themes: [] });
  record(organisations, 'org-jiangsu-fao').names.nl = 'Bureau Buitenlandse Zaken Nanjing';
  record(programmes, 'prog-fryslan-china-strategy').names = { nl: 'Fryslan', aliases: ['Chinaprogramma'] };
  const kept = exchanges.filter(
    ({ id, dutch, chinese }, index) => index % 5 !== 0 && ![id, dutch, chinese].some(side => ADDED.has(side ?? '')),
  );
  for (const exchange of kept.slice(0, 40)) {
    Object.assign(exchange, { confidence: Confidence.UNVERIFIED, participants: ['Somebody'], description: null });
  }
  return {
    authorities: authorities.filter(isThere),
    organisations,
    partnerships: partnerships.filter(isThere),
    programmes,
    exchanges: kept,
  };
}

beforeAll(async () => {
  seeds = await readSeeds(new URL('../../seeds/', import.meta.url));
  fresh = await openTestDatabase();
  older = await register(olderSeeds());
  service = await createService(older, console.error, { protection: WITHOUT_COST });
});

afterAll(async () => {
  await service?.close();
  await older?.close();
  await fresh?.close();
});

const ask: Ask = async (query, variables, identity = ADMIN) => {
  const contextValue = service.context(identity);
  const { body } = await (await service.apollo.get()).executeOperation(
    { query, ...(variables && { variables }) },
    { contextValue },
  );
  if (body.kind !== 'single') throw new Error('An answer in parts was not asked for.');
  const { data, errors } = JSON.parse(JSON.stringify(body.singleResult));
  return { data, errors, statements: [] };
};
const { submit, apply, decide } = proposalCalls(ask);

/** Returns the facts of all records, as the exports have them without provenance, but for the version, which tells the way. */
const factsOf = async (database: Database): Promise<Json> =>
  Object.fromEntries(
    await Promise.all(
      FILES.map(async ([name]) => [
        name,
        (await exportedRows(database, name, false)).map(({ version: _, ...facts }: Json) => facts),
      ]),
    ),
  );

test('a register of older seeds gets the new ones by `npm run seed`, and their changes by the exports of a new register', async () => {
  const expected = await factsOf(fresh);
  expect(await factsOf(older)).not.toEqual(expected);

  // Records that are there stay as they are.
  const added = await storeSeeds(older.em, seeds);
  expect(added).toBeGreaterThan(30);
  const seeded = await factsOf(older);
  expect(FILES.map(([name]) => seeded[name].length)).toEqual(FILES.map(([name]) => expected[name].length));
  expect(seeded).not.toEqual(expected);

  for (const [name, concept] of FILES) {
    // Periods follow from the status; nobody proposes them.
    const rows: Json[] = expected[name].map(({ statusPeriods: _, ...row }: Json) => row);
    for (let start = 0; start < rows.length; start += 100) {
      const proposal = await submit(concept, rows.slice(start, start + 100), { policy: 'UPDATE_ONLY' });
      const refused = proposal.items.nodes.filter(({ verdict }: Json) => !WRITABLE.includes(verdict));
      expect(refused.map(({ subjectId, problems }: Json) => [subjectId, problems])).toEqual([]);
      const decisions = proposal.items.nodes
        .filter(({ verdict }: Json) => verdict === 'CONFLICT')
        .map(({ id: itemId }: Json) => ({ itemId, decision: 'ACCEPT' }));
      if (decisions.length) expect(await decide(proposal, decisions)).toMatchObject({ userErrors: [] });
      expect(await apply(proposal)).toMatchObject({ userErrors: [], proposal: { state: 'APPLIED' } });
    }
  }
  expect(await factsOf(older)).toEqual(expected);
  // Every changed record names where its new facts come from.
  const { data } = await ask('{ partnership(id: "tie-s-hertogenbosch-wuxi") { citations { source { title } } } }');
  expect(data.partnership.citations.at(-1)).toEqual({ source: { title: source.title } });
});
