import { createClient } from 'graphql-ws';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { newKey } from '../../src/access/key.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { clockShiftedBy } from '../support/faketime.js';
import { ask, followAlways, idOf, latest, overWebSocket, pagesAfter, sleep, until } from '../support/feed.js';
import { startBuilt } from '../support/feed-server.js';

const REVISE = `mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) {
  organisation { id version updatedAt } change { cursor recordedAt } userErrors { message } } }`;

const [ahead, behind] = [clockShiftedBy('+2h'), clockShiftedBy('-2h')];

test.skipIf(!ahead || !behind)(
  'instances whose clocks are two hours fast or slow behave like the others (needs faketime)',
  async () => {
    const database = await copyOnPostgreSql();
    const sql = new Client({ connectionString: database });
    await sql.connect();
    /** Returns a key that expires in this number of hours, by the clock of the database. */
    const key = async (hours: number) => {
      const { id, hash, text } = newKey();
      await sql.query(
        `insert into access_key (id, name, hash, scopes, expires_at)
         values ('${id}', 'Clock', '${hash}', '{register:admin}', now() + interval '${hours} hours')`,
      );
      return text;
    };
    const [valid, expired] = [await key(1), await key(-1)];
    const instances = await Promise.all(
      [{}, ahead, behind].map(settings => startBuilt(database, '0', [], settings as Record<string, string>)),
    );
    try {
      const urls = instances.map(({ url }) => url);
      // Checks that the clocks are shifted.
      const dates = await Promise.all(
        urls.map(async url => Date.parse((await fetch(url)).headers.get('date') as string)),
      );
      const hours = dates.map(date => Math.round((date - Date.now()) / 3_600_000) + 0);
      expect(hours).toEqual([0, 2, -2]);

      const start = await latest(urls[0] as string);
      const subscribers = urls.map(url => followAlways(overWebSocket, url, start));
      let version = 1;
      const written: Json[] = [];
      for (let turn = 0; turn < 12; turn += 1) {
        const input = { id: 'org-vng', expectedVersion: version, notes: `Turn ${turn}`, reason: 'Clock' };
        const headers = { authorization: `Bearer ${valid}` };
        const { organisation, change, userErrors } = (await ask(urls[turn % 3] as string, REVISE, { input }, headers))
          .reviseOrganisation;
        expect(userErrors).toEqual([]);
        version = organisation.version;
        written.push(change.cursor);
        for (const time of [change.recordedAt, organisation.updatedAt]) {
          expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
        }
      }
      const pages = await pagesAfter(urls[1] as string, start);
      expect(pages.map(({ cursor }) => cursor)).toEqual(written);
      expect(written.map(idOf)).toEqual(written.map(idOf).toSorted((a, b) => a - b));
      for (const following of subscribers) {
        await until('all arrived', () => following.changes.length >= written.length);
        await following.stop();
        expect(following.changes).toEqual(pages);
      }
      // A key expires by the clock of the database, on open sockets too.
      const checkExpiry = async (url: string) => {
        await expect(ask(url, '{ viewer { name } }', {}, { authorization: `Bearer ${expired}` })).rejects.toThrow(
          'UNAUTHENTICATED',
        );
        const events: string[] = [];
        const client = createClient({
          url: `${url.replace('http', 'ws')}/graphql`,
          webSocketImpl: WebSocket,
          connectionParams: { authorization: `Bearer ${valid}` },
          lazy: false,
          retryAttempts: 0,
          on: { connected: () => events.push('connected'), closed: () => events.push('closed') },
          onNonLazyError: () => undefined,
        });
        await sleep(1_500);
        expect(events).toEqual(['connected']);
        await client.dispose();
      };
      await Promise.all(urls.map(checkExpiry));
    } finally {
      for (const { child } of instances) child.kill('SIGKILL');
      await sql.end();
    }
  },
);
