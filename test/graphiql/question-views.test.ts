import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { VIEW_OF_QUESTION } from '../../src/graphiql/question-views.js';
import { groupsOf } from '../../src/graphiql/result/chart-data.js';
import { mapDataOf } from '../../src/graphiql/result/map-data.js';
import { networkOf } from '../../src/graphiql/result/network-data.js';
import { tablesOf } from '../../src/graphiql/result/table-data.js';
import { timelineOf } from '../../src/graphiql/result/timeline-data.js';
import { type ResultObject, readResult } from '../../src/graphiql/result/typed-result.js';
import { questions } from '../support/questions.js';

const SCHEMA = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(SCHEMA, { assumeValidSDL: true });

/** Counts what a view shows of an answer. */
const SHOWN: Readonly<Record<string, (root: ResultObject) => number>> = {
  Table: root => tablesOf(root).length,
  Map: root => mapDataOf(root).arcs.length,
  Timeline: root => timelineOf(root, '2026-11-24', 'en', 'Exchanges').lanes.length,
  Network: root => networkOf(root).ties.length,
  Chart: root => groupsOf(root, 'en').length,
};

test('each question of the page names its view', () => {
  expect(Object.keys(VIEW_OF_QUESTION).sort()).toEqual(questions.map(({ name }) => name));
});

test.each(questions)('the view of $name shows its answer', ({ name, query, variables = {}, answer }) => {
  const root = readResult(schema, { query, variables }, answer);
  const view = VIEW_OF_QUESTION[name] ?? '';
  expect(root && SHOWN[view]?.(root)).toBeGreaterThan(0);
});
