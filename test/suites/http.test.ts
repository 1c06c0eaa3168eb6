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
  // Our GETs must say that a page of another site did not make them; the specification knows no such rule.
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': '1' } }),
});

test('there are 61 audits', () => {
  expect(audits).toHaveLength(61);
});

// What a server remembers of a request may change how fast it answers the next one, not how.
describe.each(['at first', 'when all was asked before'])('%s', () => {
  test.each(audits.map(audit => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' });
  });
});
