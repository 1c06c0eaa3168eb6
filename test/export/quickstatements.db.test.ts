import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { exportServer } from '../support/export.js';

const { database, get, records } = exportServer();
const linesOf = async (filter?: string): Promise<string[][]> => {
  const response = await get('partnerships.quickstatements', filter ? { filter } : {});
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  return (await response.text())
    .split('\n')
    .filter(Boolean)
    .map(line => line.split('\t'));
};

test('a tie is a statement on the item of each side, with its dates and references', async () => {
  const [dutch, chinese, ...others] = await linesOf('{id: {eq: "tie-rotterdam-shanghai"}}');
  expect(others).toEqual([]);
  expect(dutch?.slice(0, 5)).toEqual(['Q34370', 'P190', 'Q8686', 'P580', expect.any(String)]);
  expect(chinese?.slice(0, 3)).toEqual(['Q8686', 'P190', 'Q34370']);
  expect(chinese?.slice(3)).toEqual(dutch?.slice(3));
  const references = dutch?.slice(dutch.indexOf('S854')) ?? [];
  expect(references.length).toBeGreaterThan(2);
  for (const [index, part] of references.entries()) {
    if (index % 2) expect(part).toMatch(/^"https?:\/\/[^"\s]+"$/);
    else expect(part).toBe(index ? '!S854' : 'S854');
  }
});

test('an address that several sources have is one reference', async () => {
  const url = 'https://example.org/a-page-of-two-editions';
  for (const id of ['src-edition-1', 'src-edition-2']) {
    await queryRows(
      database().em.fork(),
      sql`with added as (insert into source (id, title, publisher, url) values (${id}, ${id}, 'Example', ${url}) returning id)
        insert into citation (source_id, partnership_id, supports, position)
        select id, 'tie-rotterdam-shanghai', '{startedOn}', 90 from added`,
    );
  }
  const [line] = await linesOf('{id: {eq: "tie-rotterdam-shanghai"}}');
  expect(line?.filter(part => part === `"${url}"`)).toHaveLength(1);
});

test('times are as exact as our dates, and ties whose sides have no item are left out', async () => {
  const lines = await linesOf();
  const times = lines.flatMap(line => line.filter(part => part.startsWith('+')));
  expect(times.length).toBeGreaterThan(20);
  for (const time of times) {
    expect(time).toMatch(/^\+\d{4}-(?:00-00T00:00:00Z\/9|\d\d-00T00:00:00Z\/10|\d\d-\d\dT00:00:00Z\/11)$/);
  }
  expect(new Set(times.map(time => time.split('/')[1]))).toEqual(new Set(['9', '10', '11']));
  const authorities = await records('authorities');
  const items = new Map(authorities.map(({ id, wikidataId }) => [id, wikidataId]));
  const ties = (await records('partnerships')).filter(
    ({ dutch, chinese }) => items.get(dutch.id) && items.get(chinese.id),
  );
  expect(lines).toHaveLength(2 * ties.length);
});

test('other records have no statements', async () => {
  expect((await get('exchanges.quickstatements')).status).toBe(404);
});
