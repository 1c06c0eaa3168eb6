import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/database/open.js';
import { findExchanges } from '../../src/exchange/duplicates.js';
import { createService, type Service } from '../../src/server/service.js';
import { ADMIN } from '../support/api.js';
import { type Cluster, startCluster } from '../support/cluster.js';
import { UNBOUNDED } from '../support/protection.js';

let cluster: Cluster;
let database: Database;
let service: Service;

beforeAll(async () => {
  cluster = await startCluster();
  database = await openDatabase({ kind: 'postgresql', url: cluster.url });
  service = await createService(database, console.error, { protection: UNBOUNDED });
}, 120_000);

afterAll(async () => {
  await service?.close();
  await database?.close();
  await cluster?.remove();
});

test('an exchange is the same in upper case, also on a database of which the locale is C', async () => {
  const query = `mutation { recordExchange(input: { kind: CULTURAL, status: HELD, title: { nl: "ÉÉN reünie" }, dutch: "nl-delft" }) {
    exchange { id } userErrors { rule } } }`;
  const { body } = await (await service.apollo.get()).executeOperation(
    { query },
    { contextValue: service.context(ADMIN) },
  );
  expect(body).toMatchObject({ singleResult: { data: { recordExchange: { userErrors: [] } } } });
  const sought = (...titles: string[]) => ({ titles, dutch: 'nl-delft', chinese: null, startedOn: null });
  const ids = await findExchanges(database.em, [sought('One', 'één REÜNIE'), sought('Een reunie'), sought()]);
  expect(ids).toEqual([['exch-delft-een-reunie'], [], undefined]);
});
