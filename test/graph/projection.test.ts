import type { EntityManager } from '@mikro-orm/sql';
import sql, { type Sql } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { type FieldPlan, Selection } from '../../src/graph/execute/plan.js';
import { assemble, type EagerList } from '../../src/graph/read/eager.js';
import { projectionOf } from '../../src/graph/read/projection.js';
import {
  cursorProperties,
  cursorValue,
  eagerListColumn,
  hasRowNumber,
  positionOf,
  totalOf,
} from '../../src/graph/read/row-properties.js';

/** An entity with scalars `id` and `label`, and nine references to entities like it. */
class Thing {}
const references = Array.from({ length: 9 }, (_, i) => `ref${i}`);
const thing = {
  root: { className: 'Thing', tableName: 'thing', properties: {} as Record<string, object>, props: [] as object[] },
};
for (const name of ['id', 'label']) thing.root.properties[name] = { name, kind: 'scalar', fieldNames: [name] };
for (const name of references)
  thing.root.properties[name] = { name, kind: 'm:1', fieldNames: [`${name}_id`], targetMeta: thing };
thing.root.props = Object.values(thing.root.properties);
const em = { getMetadata: () => thing } as unknown as EntityManager;

type Field = [name: string, nested?: Selection, extensions?: object];
const select = (...fields: Field[]) =>
  new Selection(() => [
    {
      fields: fields.map(([name, selection, extensions = {}]) => ({
        fieldDefinition: { name, extensions },
        type: { selection },
        parent: { name: 'Thing' },
        constantArguments: () => ({}),
      })) as unknown as FieldPlan[],
      type: { name: 'Thing' } as never,
    },
  ]);

const list = (id: Sql): EagerList => ({
  property: '~things',
  key: 'things',
  rows: sql`select 1 where x = ${id}`,
  isJsonList: false,
  assemble: undefined,
});
const eagerList = { eagerList: (_: unknown, id: Sql) => [list(id)] };

const read = (selection: Selection) => {
  const { columns, names, joins, assemble: assembleRow } = projectionOf(em, Thing, 't', selection);
  return { columns: columns.text, names, from: joins?.from.text, joined: joins?.columns.text, assembleRow };
};

test('columns alone join nothing', () => {
  expect(read(select(['label']))).toEqual({
    columns: 't."id" as "id", t."label" as "label"',
    names: ['id', 'label'],
    from: undefined,
    joined: undefined,
    assembleRow: undefined,
  });
});

test('a reference of which only the id is selected is not joined', () => {
  const { columns, from, joined, assembleRow } = read(select(['ref0', select(['id'])]));
  expect([columns, from, joined]).toEqual(['t."id" as "id", t."ref0_id" as "ref0"', undefined, undefined]);
  const row = { id: 'a', ref0: 'b' };
  assembleRow?.(row);
  expect(row).toEqual({ id: 'a', ref0: { id: 'b' } });
});

test('references are joined along their path, under names of a limited length', () => {
  const { from, joined, assembleRow } = read(select(['ref0', select(['ref1', select(['label'])])]));
  expect(from).toBe(
    'left join "thing" "@ref0" on "@ref0".id = page."ref0" left join "thing" "@1.ref1" on "@1.ref1".id = "@ref0"."ref1_id"',
  );
  expect(joined).toBe('"@ref0"."ref1_id" as "ref0.ref1","@1.ref1"."label" as "1.ref1.label"');
  const row = { id: 'a', ref0: 'b', 'ref0.ref1': 'c', '1.ref1.label': 'C' };
  assembleRow?.(row);
  expect(row.ref0).toEqual({ id: 'b', ref1: { id: 'c', label: 'C' } });
});

test('at most six references are joined; further ones stay ids, unless the id is enough', () => {
  const fields = references.map((name, i): Field => [name, select([i === 8 ? 'id' : 'label'])]);
  const { from = '', assembleRow } = read(select(...fields));
  expect(from.match(/left join/g)).toHaveLength(6);
  const row = { id: 'a', ref5: 'f', 'ref5.label': 'F', ref6: 'g', ref8: 'i' };
  assembleRow?.(row);
  expect(row).toMatchObject({ ref5: { id: 'f', label: 'F' }, ref6: 'g', ref8: { id: 'i' } });
});

test('a list under a reference joins it; an empty list is an empty array', () => {
  const { from, joined, assembleRow } = read(select(['ref0', select(['things', select(['id']), eagerList])]));
  expect(from).toBe('left join "thing" "@ref0" on "@ref0".id = page."ref0"');
  expect(joined).toBe(`(select json_agg(list) from (select 1 where x = "@ref0".id) list) as "${eagerListColumn(0)}"`);
  const row = { id: 'a', ref0: 'b', '~list0': null };
  assembleRow?.(row);
  expect(row.ref0).toEqual({ id: 'b', '~things': [] });
});

test('at most six lists are fetched with their records', () => {
  const fields = Array.from({ length: 8 }, (_, i): Field => [`things${i}`, select(['id']), eagerList]);
  const { joined = '', from } = read(select(...fields));
  expect([joined.match(/json_agg/g)?.length, from]).toEqual([6, '']);
});

test('a null reference stays null, whatever was joined', () => {
  const row = { id: 'a', ref0: null, 'ref0.label': null };
  assemble(row, row, {
    records: [{ property: 'ref0', properties: [{ name: 'label', column: 'ref0.label' }], records: [], lists: [] }],
    lists: [],
  });
  expect(row.ref0).toBeNull();
});

test('hidden properties: position, total and row number', () => {
  const row = { id: 'a', '~': 1, '~0': '1979-11-23', '~1': 'a', '~total': 7 };
  expect([positionOf(row, 2), cursorValue(row, 0), totalOf(row), hasRowNumber(row)]).toEqual([
    ['1979-11-23', 'a'],
    '1979-11-23',
    7,
    true,
  ]);
  expect([totalOf(undefined), hasRowNumber({ '~': null })]).toEqual([0, false]);
  // Four fields and the id.
  expect(cursorProperties(5)).toEqual(['~0', '~1', '~2', '~3', '~4']);
});
