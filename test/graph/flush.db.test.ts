import 'reflect-metadata';
import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { flushAndRead } from '../../src/graph/sql/flush.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { Source } from '../../src/source/source.js';
import { testApi } from '../support/api.js';

const { database } = testApi();

/** Persists sources of a publisher, flushes, and reads them. Returns their ids, and for each read whether the flush had ended. */
async function write(ids: readonly string[], prepare = async (_: EntityManager) => {}) {
  const { em, rollback } = await openTransaction(database().em.fork());
  try {
    await prepare(em);
    for (const id of ids)
      em.persist(em.create(Source, { id, title: id, publisher: 'Flushed', url: null, publishedOn: null } as never));
    const flush = em.flush.bind(em);
    let isFlushed = false;
    em.flush = async () => {
      await flush();
      isFlushed = true;
    };
    const reads: boolean[] = [];
    const read = () => {
      reads.push(isFlushed);
      return queryRows<{ id: string }>(em, sql`select id from source where publisher = 'Flushed' order by id`);
    };
    const rows = await flushAndRead(em, read);
    return { ids: rows.map(({ id }) => id), reads };
  } finally {
    await rollback();
  }
}

test('what a flush of one statement wrote is read once, behind it', async () => {
  expect(await write(['src-a', 'src-b'])).toEqual({ ids: ['src-a', 'src-b'], reads: [false] });
});

test('a flush of no statement is read', async () => {
  expect(await write([])).toEqual({ ids: [], reads: [true] });
});

test('a flush of several statements is read after the last one', async () => {
  const renaming = async (em: EntityManager) => {
    const [source] = await em.find(Source, {}, { limit: 1 });
    if (source) source.publisher = 'Flushed';
  };
  const { ids, reads } = await write(['src-a'], renaming);
  expect([ids.length, ids.includes('src-a'), reads]).toEqual([2, true, [false, true]]);
});

test('of a statement that fails, the flush has the error', async () => {
  const taking = (em: EntityManager) =>
    queryRows(em, sql`insert into source (id, title, publisher) values ('src-a', 'A', 'Test')`).then(() => undefined);
  await expect(write(['src-a'], taking)).rejects.toThrow('source_pkey');
});
