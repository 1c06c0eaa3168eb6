import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { AccessKey } from '../../src/access/key.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import { type AccessServer, openAccessServer, transports } from '../support/access.js';
import { runCommand } from '../support/command.js';
import { databaseUrl } from '../support/global.js';

let url: string;
let database: Database;
let server: AccessServer;
beforeAll(async () => {
  const name = `${inject('template')}_key`;
  const maintenance = await openDatabase({ kind: 'postgresql', url: inject('server') });
  await maintenance.em.getConnection().execute(`create database ${name} template ${inject('template')}`);
  await maintenance.close();
  url = databaseUrl(inject('server'), name);
  database = await openDatabase({ kind: 'postgresql', url });
  server = await openAccessServer({}, database);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

/** Returns output and exit code of `npm run key -- …`. */
const key = (...args: string[]) => runCommand('commands/key', { DATABASE_URL: url }, ...args);

const viewer = async (text: string) =>
  (await transports.HTTP(server.url, `Bearer ${text}`, '{ viewer { name actor scopes expiresAt } }')).data?.viewer;

/** All that stands in the table of keys. */
const stored = async () => database.em.fork().find(AccessKey, {}, { orderBy: { createdAt: 'asc' } });

test('a key is made, shown once, used, listed and revoked', async () => {
  expect(await key('list')).toEqual({ code: 0, out: 'There are no keys.\n', err: '' });
  const created = await key(
    'create',
    '--name',
    'Museum of trials',
    '--scope',
    'exchange:write',
    '--scope',
    'programme:write',
  );
  expect(created).toMatchObject({ code: 0, err: '' });
  const [text = '', told = ''] = created.out.split('\n');
  expect(text).toMatch(/^stedenband_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
  const id = text.slice(11, 23);
  const secret = text.slice(24);
  expect(told).toBe(`This is key ${id} (Museum of trials: exchange:write, programme:write). It is shown once.`);

  const rows = await stored();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ id, name: 'Museum of trials', expiresAt: null, revokedAt: null });
  expect(rows[0]?.hash).toBe(createHash('sha256').update(secret).digest('hex'));
  expect(JSON.stringify(rows)).not.toContain(secret);
  expect(await viewer(text)).toEqual({
    name: 'Museum of trials',
    actor: `key:${id}`,
    scopes: ['exchange:write', 'programme:write'],
    expiresAt: null,
  });

  const listed = await key('list');
  expect(listed).toMatchObject({ code: 0, err: '' });
  expect(listed.out).toMatch(
    new RegExp(`^${id}\tMuseum of trials\texchange:write,programme:write\tmade 20\\S+\tvalid\n$`),
  );
  for (const part of [secret, secret.slice(0, 12), rows[0]?.hash as string]) expect(listed.out).not.toContain(part);

  const revoked = await key('revoke', id);
  expect(revoked).toEqual({ code: 0, out: expect.stringContaining(`Key ${id} is revoked`), err: '' });
  expect(await viewer(text)).toBeUndefined();
  expect((await key('list')).out).toMatch(/\trevoked 20\S+\n$/);
  const again = await key('revoke', id);
  expect(again).toMatchObject({ code: 1, out: '' });
  expect(again.err).toContain(`There is no key ${id} that is not revoked already`);
});

test('a key that reads has a name and a budget, and writes and sees nothing more, also in a register of an earlier release', async () => {
  const connection = database.em.getConnection();
  const [row] = await connection.execute(
    `select count(*)::int from pg_constraint where conrelid = 'access_key'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%scopes%'`,
  );
  expect(row?.count).toBe(0);
  const { out } = await key('create', '--name', 'Reading partner', '--scope', 'read');
  const [text = ''] = out.split('\n');
  expect(await viewer(text)).toMatchObject({ name: 'Reading partner', scopes: ['read'] });
  const call = (query: string) => transports.HTTP(server.url, `Bearer ${text}`, query);
  const { errors } = await call(
    'mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "X" } }) { userErrors { code } } }',
  );
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  await connection.execute(`update change set actor = 'key:${text.slice(11, 23)}' where id = 1`);
  const names = await call('{ changes(first: 1) { nodes { actor actorName } } }');
  expect(names.data?.changes.nodes).toEqual([{ actor: `key:${text.slice(11, 23)}`, actorName: null }]);
});

test('a key is bound to authorities, says so, and writes nothing of others', async () => {
  const bound = ['--authority', 'nl-breda', '--authority', 'cn-yangzhou', '--authority', 'nl-breda'];
  const created = await key('create', '--name', 'Breda', '--scope', 'partnership:write', ...bound);
  expect(created).toMatchObject({ code: 0, err: '' });
  const [text = '', told] = created.out.split('\n');
  const id = text.slice(11, 23);
  expect(told).toBe(`This is key ${id} (Breda: partnership:write, bound to nl-breda, cn-yangzhou). It is shown once.`);
  expect((await key('list')).out).toMatch(
    new RegExp(`^${id}\tBreda\tpartnership:write\tmade 20\\S+\tvalid\tbound to nl-breda,cn-yangzhou$`, 'm'),
  );
  const ask = async (query: string) => (await transports.HTTP(server.url, `Bearer ${text}`, query)).data;
  expect(await ask('{ viewer { boundTo } }')).toEqual({ viewer: { boundTo: ['nl-breda', 'cn-yangzhou'] } });
  const revise = (tie: string) =>
    ask(`mutation { revisePartnership(input: { id: "${tie}", expectedVersion: 1, notes: "By a bound key" }) {
      change { actor } userErrors { rule } } }`);
  expect((await revise('tie-breda-yangzhou')).revisePartnership).toEqual({
    change: { actor: `key:${id}` },
    userErrors: [],
  });
  expect((await revise('tie-rotterdam-shanghai')).revisePartnership).toEqual({
    change: null,
    userErrors: [{ rule: 'KEY_BOUND' }],
  });
});

test('a key may last some days', async () => {
  const { out } = await key('create', '--name', 'Short', '--scope', 'register:admin', '--days', '2');
  const [text = ''] = out.split('\n');
  const { expiresAt } = await viewer(text);
  expect(new Date(expiresAt).getTime() - Date.now()).toBeGreaterThan(2 * 86_400_000 - 60_000);
  expect(new Date(expiresAt).getTime() - Date.now()).toBeLessThanOrEqual(2 * 86_400_000);
  expect(out).toContain(`until ${expiresAt}`);
  expect((await key('list')).out).toContain(`valid until ${expiresAt}`);
});

test('two keys of one name are two', async () => {
  const make = async () =>
    (await key('create', '--name', 'Twin', '--scope', 'exchange:write')).out.split('\n')[0] ?? '';
  const [first, two] = [await make(), await make()];
  expect(first.slice(0, 23)).not.toBe(two.slice(0, 23));
  expect(first.slice(24)).not.toBe(two.slice(24));
});

test.each<[what: string, args: string[], message: RegExp]>([
  ['nothing', [], /^Use: npm run key -- create/],
  ['an unknown verb', ['delete', 'x'], /^Use: /],
  ['create without a name', ['create', '--scope', 'exchange:write'], /has a name/],
  ['create with a name of blanks', ['create', '--name', '  ', '--scope', 'exchange:write'], /has a name/],
  ['create without a scope', ['create', '--name', 'x'], /at least one scope of read, authority:write/],
  ['create with an unknown scope', ['create', '--name', 'x', '--scope', 'everything'], /got everything/],
  ['create for no days', ['create', '--name', 'x', '--scope', 'exchange:write', '--days', '0'], /1 to 9999; got 0/],
  ['create for days in words', ['create', '--name', 'x', '--scope', 'exchange:write', '--days', 'two'], /got two/],
  ['an unknown option', ['create', '--nmae', 'x'], /nmae/],
  [
    'create for an authority that is not there',
    ['create', '--name', 'x', '--scope', 'exchange:write', '--authority', 'nl-breda', '--authority', 'nl-bredda'],
    /^There is no authority nl-bredda; --authority is its id/,
  ],
  ...['register:admin', 'proposal:review', 'webhook:manage', 'programme:write', 'organisation:write'].map(
    (scope): [string, string[], RegExp] => [
      `create of a bound key with ${scope}`,
      ['create', '--name', 'x', '--scope', 'exchange:write', '--scope', scope, '--authority', 'nl-breda'],
      new RegExp(`cannot have the scope ${scope}, which reaches further than they do`),
    ],
  ),
  [
    'create for too many authorities',
    [
      'create',
      '--name',
      'x',
      '--scope',
      'read',
      ...Array.from({ length: 21 }, (_, n) => ['--authority', `nl-${n}`]).flat(),
    ],
    /at most 20 authorities; got 21/,
  ],
  ['revoke without an id', ['revoke'], /^Use: /],
  ['revoke of an unknown key', ['revoke', '000000000000'], /no key 000000000000/],
])('%s is answered in one line, and changes nothing', async (_, args, message) => {
  const before = await stored();
  const { code, out, err } = await key(...args);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(message);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(await stored()).toEqual(before);
});
