import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { RegisterOptions, TestRegister } from '../../src/testing/register.js';
import type { Json } from '../support/calls.js';

// The package as clients import it, from the build.
const { startRegister } = (await import(fileURLToPath(new URL('../../dist/testing/register.js', import.meta.url)))) as {
  startRegister(options?: RegisterOptions): Promise<TestRegister>;
};

const opened: TestRegister[] = [];
afterEach(async () => {
  for (const register of opened.splice(0)) await register.stop();
});

async function open(options?: RegisterOptions): Promise<TestRegister> {
  const register = await startRegister(options);
  opened.push(register);
  return register;
}

async function ask({ url }: TestRegister, query: string, key?: string, variables?: object): Promise<Json> {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return response.json();
}

const RECORD = `mutation($input: RecordOrganisationInput!) {
  recordOrganisation(input: $input) { organisation { id } userErrors { message path } } }`;
const COUNT = '{ organisations { totalCount } }';

test('keys have the scopes of the options; reset returns to the initial data at the same address', async () => {
  const register = await open({ keys: { editor: ['organisation:write'], other: ['exchange:write'] } });
  const { editor, other, admin } = register.keys;
  const before = await ask(register, COUNT);
  const input = { kind: 'MINISTRY', names: { en: 'By a test' } };
  expect((await ask(register, RECORD, editor, { input })).data.recordOrganisation.organisation).toEqual({
    id: 'org-by-a-test',
  });
  expect((await ask(register, RECORD, other, { input })).errors[0].extensions.code).toBe('FORBIDDEN');
  expect((await ask(register, '{ viewer { scopes } }', admin)).data.viewer.scopes).toEqual(['register:admin']);
  expect(await ask(register, COUNT)).not.toEqual(before);
  await register.reset();
  expect(await ask(register, COUNT)).toEqual(before);
  expect((await ask(register, '{ viewer { scopes } }', editor)).data.viewer.scopes).toEqual(['organisation:write']);
});

test('a reset during another one waits for it, and none begins after a stop', async () => {
  const register = await open();
  const before = await ask(register, COUNT);
  let ended = 0;
  const resets = [1, 2, 3].map(async () => {
    await register.reset();
    ended += 1;
  });
  await resets[0];
  await new Promise(setImmediate);
  expect(ended).toBe(1);
  await Promise.all(resets);
  expect(await ask(register, COUNT)).toMatchObject({ data: before.data });
  await register.stop();
  await expect(register.reset()).rejects.toThrow('The register has been stopped.');
});

test('a frozen today is the day after which dates are in the future', async () => {
  const register = await open({ today: '2024-02-10' });
  const suspend = (since: string) =>
    ask(
      register,
      `mutation($since: PartialDate!) { markPartnershipDormant(input: { id: "tie-rotterdam-shanghai", expectedVersion: 1,
         since: $since, reason: "A test", dryRun: true }) { userErrors { path } } }`,
      register.keys.admin,
      { since },
    );
  expect((await suspend('2024-02-10')).data.markPartnershipDormant.userErrors).toEqual([]);
  expect((await suspend('2024-02-11')).data.markPartnershipDormant.userErrors).toEqual([{ path: ['input', 'since'] }]);
});

test('own initial data replace those of the register', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-seeds-'));
  try {
    await cp(fileURLToPath(new URL('../../seeds', import.meta.url)), folder, { recursive: true });
    await writeFile(join(folder, 'exchanges.json'), '[]');
    const query = '{ exchanges { totalCount } partnerships { totalCount } }';
    const partnerships = JSON.parse(await readFile(join(folder, 'partnerships.json'), 'utf8')).length;
    const expected = { exchanges: { totalCount: 0 }, partnerships: { totalCount: partnerships } };
    const register = await open({ seeds: folder });
    expect((await ask(register, query)).data).toEqual(expected);
    const { url } = register;
    expect((await ask({ ...register, url: `${url}?knownAt=${new Date().toISOString()}` }, query)).data).toEqual(
      expected,
    );
    await register.reset();
    expect((await ask(register, query)).data).toEqual(expected);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.each<[RegisterOptions, RegExp]>([
  [{ keys: { editor: ['exchange:read'] } }, /^keys\.editor: a scope is one of .*; got exchange:read\.$/],
  [{ keys: { admin: [] } }, /^keys\.admin exists already/],
  [{ today: '2024-02-30' }, /^today must be a day of the calendar, as YYYY-MM-DD; got 2024-02-30\.$/],
  [{ today: '2024' }, /^today must be a day of the calendar, as YYYY-MM-DD; got 2024\.$/],
  [{ seeds: '/no/such/folder' }, /authorities\.json/],
])('wrong options are refused with the reason: %j', async (options, reason) => {
  await expect(startRegister(options)).rejects.toThrow(reason);
});
