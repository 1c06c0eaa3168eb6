import { chownSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { type Certificates, makeCertificates } from '../support/certificates.js';
import { type Cluster, startCluster } from '../support/cluster.js';
import { runCommand } from '../support/command.js';
import { until } from '../support/feed.js';
import { startBuilt } from '../support/feed-server.js';

// The role `editor` has access over TLS only, `certified` with a certificate only. The superuser of the test has access
// without TLS.
const HBA = `
hostssl all editor 127.0.0.1/32 trust
hostssl all certified 127.0.0.1/32 cert
host all postgres 127.0.0.1/32 trust
`;

let cluster: Cluster;
let certificates: Certificates;
beforeAll(async () => {
  cluster = await startCluster();
  certificates = makeCertificates(cluster.folder, 'certified');
  const { ca, server } = certificates;
  const { uid, gid } = statSync(cluster.folder);
  chownSync(server.key, uid, gid);
  writeFileSync(join(cluster.folder, 'data', 'pg_hba.conf'), HBA);
  for (const statement of [
    `alter system set ssl_ca_file = '${ca}'`,
    `alter system set ssl_cert_file = '${server.cert}'`,
    `alter system set ssl_key_file = '${server.key}'`,
    'alter system set ssl = on',
    'select pg_reload_conf()',
    'create role editor login',
    'create role certified login',
    'create database secured owner editor',
  ]) {
    await cluster.run(statement);
  }
  await until('TLS is on', async () => (await opened('sslmode=require')) === 'opened');
});
afterAll(() => cluster?.remove());

const urlOf = (parameters: string, role = 'editor', host = '127.0.0.1') =>
  `postgresql://${role}@${host}:${cluster.port}/secured?${parameters}`;

/** Opens a database and closes it; returns the message of the failure. */
async function opened(parameters: string, role?: string, host?: string): Promise<string> {
  try {
    const database = await openDatabase({ kind: 'postgresql', url: urlOf(parameters, role, host) });
    await database.close();
    return 'opened';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('sslmode', () => {
  test('without TLS the role has no access', async () => {
    expect(await opened('')).toMatch(/no pg_hba.conf entry .* no encryption/);
    expect(await opened('sslmode=disable')).toMatch(/no pg_hba.conf entry .* no encryption/);
  });

  test('encrypts, checks the chain, or checks the host too', async () => {
    const { ca, otherCa } = certificates;
    const results = async (host: string, ...parameters: string[]) =>
      Promise.all(parameters.map(query => opened(query, 'editor', host)));
    const trusted = [`sslmode=verify-full&sslrootcert=${ca}`, `sslmode=verify-ca&sslrootcert=${ca}`];
    expect(await results('127.0.0.1', 'sslmode=require', 'sslmode=no-verify', ...trusted)).toEqual(
      Array(4).fill('opened'),
    );
    // The certificate names the address only.
    expect(await results('localhost', 'sslmode=require', ...trusted)).toEqual([
      'opened',
      expect.stringMatching(/^The database of DATABASE_URL cannot be reached: Hostname\/IP does not match .*localhost/),
      'opened',
    ]);
    const untrusted = ['require', 'verify-ca', 'verify-full'].map(mode => `sslmode=${mode}&sslrootcert=${otherCa}`);
    for (const message of await results('127.0.0.1', ...untrusted, 'sslmode=verify-full')) {
      expect(message).toMatch(
        /^The database of DATABASE_URL cannot be reached: .*certificate.*; sslrootcert names the file of its authority\.$/,
      );
    }
  });

  test('a client certificate takes the place of a password', async () => {
    const { ca, client } = certificates;
    const parameters = `sslmode=verify-full&sslrootcert=${ca}`;
    expect(await opened(`${parameters}&sslcert=${client.cert}&sslkey=${client.key}`, 'certified')).toBe('opened');
    expect(await opened(parameters, 'certified')).toMatch(/certificate/);
  });

  test('a failure ends the start with one sentence, and success gives no warning', async () => {
    const start = (parameters: string) => runCommand('main', { DATABASE_URL: urlOf(parameters), PORT: '0' });
    const ended = await Promise.all(
      ['sslmode=verify-full', 'sslmode=verify-full&sslrootcert=/no/ca.crt'].map(parameters => start(parameters)),
    );
    for (const { code, out, err } of ended) {
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/^[^\n]+(?:sslrootcert names the file of its authority|it does not exist)\.\n$/);
    }
  });
});

test('every connection of the commands and of the server is encrypted', { timeout: 120_000 }, async () => {
  const url = `${urlOf('sslmode=verify-full')}&sslrootcert=${certificates.ca}&application_name=secured`;
  for (const [command, ...args] of [
    ['migrate'],
    ['seed'],
    ['key', 'create', '--name', 'Editor', '--scope', 'exchange:write'],
  ]) {
    expect(await runCommand(`commands/${command}`, { DATABASE_URL: url }, ...args)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^(?:Seeding: .*\n)*$/),
    });
  }
  const watcher = await cluster.session('secured');
  const server = await startBuilt(url, '0', [], { RESPONSE_CACHE: 'off' });
  try {
    const encrypted = new Map<string, boolean>();
    let pooled = 0;
    const load = async () => {
      const read = () =>
        fetch(`${server.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"query":"{ exchanges(first: 50) { nodes { id partnership { id } } } }"}',
        }).then(async response => expect((await response.json()) as unknown).toHaveProperty('data'));
      const file = () => fetch(`${server.url}/export/exchanges.csv`).then(response => response.text());
      await Promise.all([...Array.from({ length: 40 }, read), file(), file()]);
    };
    await until('all kinds of connections were seen', async () => {
      const loading = load();
      let isLoading = true;
      void loading.finally(() => {
        isLoading = false;
      });
      while (isLoading) {
        const { rows } = await watcher.query<{ name: string; ssl: boolean }>(
          `select application_name as name, ssl from pg_stat_ssl join pg_stat_activity using (pid)
           where usename = 'editor' and datname = 'secured'`,
        );
        pooled = Math.max(pooled, rows.filter(({ name }) => name === 'secured').length);
        for (const { name, ssl } of rows) encrypted.set(name, ssl && encrypted.get(name) !== false);
      }
      await loading;
      return encrypted.size >= 3 && pooled > 1;
    });
    expect(Object.fromEntries(encrypted)).toEqual({ secured: true, 'secured-listen': true, 'secured-export': true });
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(server.errors()).toBe('');
  } finally {
    server.child.kill('SIGKILL');
    await watcher.end();
  }
});
