import { MaterializedState } from '@durable-streams/state';
import sql, { raw } from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { createService, type Service } from '../../src/server/service.js';
import { ADMIN } from '../support/api.js';
import { brief, type Json } from '../support/calls.js';
import { openTestDatabase } from '../support/database.js';
import { proposalCalls } from '../support/proposals.js';
import { UNBOUNDED } from '../support/protection.js';
import { randomNumbers } from '../support/random-document.js';
import { RandomEditor } from '../support/random-edits.js';
import { times } from '../support/soak.js';
import { catchUp, expectExports, expectSnapshot, loadSnapshot, readFeed } from '../support/stream-state.js';

let database: Database;
let serving: RunningServer;
let service: Service;
beforeAll(async () => {
  database = await openTestDatabase();
  serving = await serve(database, '127.0.0.1', 0, console.error, { protection: UNBOUNDED });
  service = await createService(database, console.error);
});
afterAll(async () => {
  await service.close();
  await serving.close();
  await database.close();
});

const EDITS = times(25, 100);

/** SQL of a record whose line is shown by others. */
const SHOWN: Record<string, string> = {
  programme: 'exists (select from exchange e where e.programme_id = r.id)',
  organisation: 'exists (select from organisation child where child.parent_id = r.id)',
  partnership: `exists (select from partnership p join authority d on d.id = p.dutch_id join authority c on c.id = p.chinese_id
    where d.parent_id = r.dutch_id and c.parent_id = r.chinese_id)`,
};

describe('a copy is what the exports hold', () => {
  test('of the snapshot', async () => {
    const state = new MaterializedState();
    await loadSnapshot(serving.url, state);
    await expectExports(serving.url, state);
  });

  test('of the whole log', async () => {
    const state = new MaterializedState();
    await catchUp(serving.url, state, '-1');
    await expectExports(serving.url, state);
  });

  test('after each of many random edits, also of the records whose lines change with others', async () => {
    const { url } = serving;
    const [followed, replayed] = [new MaterializedState(), new MaterializedState()];
    let offset = await loadSnapshot(url, followed);
    const editor = new RandomEditor(database, service, randomNumbers(7));
    for (let n = 0; n < EDITS; n += 1) {
      await editor.edit();
      offset = await catchUp(url, followed, offset);
      await expectSnapshot(url, followed);
    }
    await catchUp(url, replayed, '-1');
    await expectExports(url, replayed);
  }, 180_000);

  test('after a set that withdraws partnerships of provinces in which others are nested', async () => {
    const { url } = serving;
    const ask = async (query: string, variables: Json): Promise<Json> => {
      const apollo = await service.apollo.get();
      const { body } = await apollo.executeOperation({ query, variables }, { contextValue: service.context(ADMIN) });
      return (body as Json).singleResult;
    };
    const { call, submit, apply } = proposalCalls(ask as never);
    const pairs = await queryRows<{ dutch: string; chinese: string }>(
      database.em.fork(),
      sql`select distinct d.parent_id as dutch, c.parent_id as chinese from partnership p
        join authority d on d.id = p.dutch_id join authority c on c.id = p.chinese_id
        join authority province on province.id = c.parent_id and province.parent_id is null
        where not exists (select from partnership o where (o.dutch_id, o.chinese_id) = (d.parent_id, c.parent_id))
          and d.parent_id is not null order by 1, 2 limit 2`,
    );
    const rows = pairs.map(({ dutch, chinese }) => ({
      'dutch.id': dutch,
      'chinese.id': chinese,
      kind: 'FRIENDSHIP',
      status: 'ACTIVE',
      startedOn: '1970',
    }));
    const proposal = await submit('PARTNERSHIP', rows);
    expect((await apply(proposal)).userErrors).toEqual([]);
    const state = new MaterializedState();
    const offset = await loadSnapshot(url, state);
    expect((await call('revertProposal', { id: proposal.id })).userErrors).toEqual([]);
    await catchUp(url, state, offset);
    await expectSnapshot(url, state);
  });

  test.each<[what: string, mutation: string, type: string, id: string, input: Json, lines: Record<string, RegExp>]>([
    [
      'a city',
      'reviseAuthority',
      'authority',
      'nl-rotterdam',
      { names: { nl: 'Rotte' } },
      { partnerships: /^tie-/, exchanges: /^exch-/ },
    ],
    [
      'the location of a city',
      'reviseAuthority',
      'authority',
      'nl-rotterdam',
      { location: { latitude: 51.5, longitude: 4.5 } },
      { partnerships: /^tie-/ },
    ],
    [
      'a province',
      'reviseAuthority',
      'authority',
      'cn-shanghai',
      { names: { en: 'Hu' } },
      { authorities: /^cn-/, exchanges: /^exch-/ },
    ],
    [
      'a programme',
      'reviseProgramme',
      'programme',
      '',
      { names: { en: 'Renamed programme' } },
      { exchanges: /^exch-/ },
    ],
    [
      'an organisation',
      'reviseOrganisation',
      'organisation',
      '',
      { names: { en: 'Renamed organisation' } },
      { organisations: /^org-/ },
    ],
    [
      'the start of a partnership of provinces',
      'revisePartnership',
      'partnership',
      '',
      { startedOn: '1970' },
      { partnerships: /^tie-/ },
    ],
  ])('after a change of %s, with the lines that show it', async (_, mutation, type, record, facts, lines) => {
    const { url } = serving;
    const state = new MaterializedState();
    const offset = await loadSnapshot(url, state);
    const [{ id, version }] = (await queryRows<{ id: string; version: number }>(
      database.em.fork(),
      sql`select r.id, r.version from ${raw(type)} r where ${record ? sql`r.id = ${record}` : raw(SHOWN[type] as string)} order by r.id limit 1`,
    )) as [{ id: string; version: number }];
    const { body } = await (await service.apollo.get()).executeOperation(
      { query: brief(mutation), variables: { input: { id, expectedVersion: version, ...facts } } },
      { contextValue: service.context(ADMIN) },
    );
    expect((body as Json).singleResult.data[mutation].userErrors).toEqual([]);
    const { messages } = await readFeed(url, { offset });
    expect(new Set(messages.map(({ headers }) => headers.txid)).size).toBe(1);
    for (const [list, key] of Object.entries(lines))
      expect([list, messages.filter(message => message.type === list && message.key !== id)]).toEqual([
        list,
        expect.toSatisfy((of: Json[]) => of.length > 0 && of.every(message => key.test(message.key))),
      ]);
    state.applyBatch(messages);
    await expectSnapshot(url, state);
  });
});
