import { expect, test } from 'vitest';
import { storage } from '../../src/graphiql/storage.js';

test('without a storage of the browser, as here, GraphiQL stores in memory, counts and clears it', () => {
  expect(globalThis).not.toHaveProperty('localStorage');
  storage.setItem('graphiql:query', '{ partnerships { totalCount } }');
  storage.setItem('graphiql:headers', '{ "authorization": "Bearer key" }');
  expect([storage.getItem('graphiql:query'), storage.length]).toEqual(['{ partnerships { totalCount } }', 2]);
  storage.clear();
  expect([storage.getItem('graphiql:query'), storage.getItem('graphiql:headers'), storage.length]).toEqual([
    null,
    null,
    0,
  ]);
});
