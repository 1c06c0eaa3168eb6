import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { serve } from '../../src/server/serve.js';
import { openTestDatabase } from '../support/database.js';
import { UNBOUNDED } from '../support/protection.js';

const [OLD, NEW] = ['the-old-secret-of-this-test', 'the-new-secret-of-this-test'];

test('ADMIN_KEY, METRICS_KEY and ROUTER_SECRET are changed without a refused request', async () => {
  const database = await openTestDatabase();
  /** Restarts the server with a value of the three settings; these clients send these secrets then. */
  const expectAccepted = async (configured: string, secrets: string[]) => {
    const settings = { ADMIN_KEY: configured, METRICS_KEY: configured, ROUTER_SECRET: configured };
    const { access, metricsKey } = readConfig(settings);
    const server = await serve(database, '127.0.0.1', 0, console.error, { access, metricsKey, protection: UNBOUNDED });
    try {
      for (const secret of secrets) {
        const authorization = `Bearer ${secret}`;
        const query = async (text: string, headers: Record<string, string>) => {
          const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
          const response = await fetch(`${server.url}/graphql`, { ...init, body: JSON.stringify({ query: text }) });
          return response.json();
        };
        expect(await query('{ viewer { kind } }', { authorization })).toMatchObject({
          data: { viewer: { kind: 'ADMIN_KEY' } },
        });
        expect(await query('{ _service { sdl } }', { 'router-authorization': secret })).toMatchObject({
          data: { _service: { sdl: expect.any(String) } },
        });
        expect((await fetch(`${server.url}/metrics`, { headers: { authorization } })).status).toBe(200);
      }
      const wrong = { authorization: `Bearer ${OLD} ${NEW}` };
      expect((await fetch(`${server.url}/metrics`, { headers: wrong })).status).toBe(403);
    } finally {
      await server.close();
    }
  };
  await expectAccepted(OLD, [OLD]);
  await expectAccepted(`${OLD} ${NEW}`, [OLD, NEW]);
  await expectAccepted(NEW, [NEW]);
  await database.close();
});
