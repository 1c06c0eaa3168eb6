import { expect, test, vi } from 'vitest';
import { ForkProperty, readFork } from '../../src/graph/sql/fork.js';
import { ADMIN, testApi } from '../support/api.js';

const { ask, database } = testApi();

test('a query creates no fork of the ORM, a mutation does', async () => {
  const forks = vi.spyOn(database().em, 'fork');
  const { data } = await ask(
    '{ partnerships(first: 2) { nodes { dutch { name } exchanges(first: 1) { nodes { id } } } } }',
  );
  expect(data.partnerships.nodes).toHaveLength(2);
  expect(forks).not.toHaveBeenCalled();
  const { errors } = await ask(
    'mutation { recordOrganisation(input: { kind: MINISTRY, names: { nl: "Een test" }, dryRun: true }) { organisation { id } } }',
    {},
    ADMIN,
  );
  expect(errors).toBeUndefined();
  expect(forks).toHaveBeenCalledOnce();
});

test('forks share no property, and have those of their own until they are given others', () => {
  const property = new ForkProperty<number>('test');
  const [first, second] = [readFork(database().em), database().em.fork()];
  property.set(first, 1);
  expect([property.get(first), property.get(second), new ForkProperty<number>('test').get(first)]).toEqual([
    1,
    undefined,
    undefined,
  ]);
  property.set(second, 2);
  property.set(first, undefined);
  expect([property.get(first), property.get(second)]).toEqual([undefined, 2]);
});
