import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { openTestServer } from '../support/server.js';

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

const audits = serverAudits({
  url: () => `${server.url}/graphql`,
  // GET requires a header against cross-site request forgery, which the specification does not know.
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': '1' } }),
});

test('there are 61 audits', () => {
  expect(audits).toHaveLength(61);
});

// Caches may change the speed of a response, not its content.
describe.each(['with empty caches', 'with warm caches'])('%s', () => {
  test.each(audits.map(audit => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' });
  });
});
