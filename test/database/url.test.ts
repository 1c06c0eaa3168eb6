import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { StartError } from '../../src/config/config.js';
import { parseDatabaseUrl } from '../../src/database/connection/url.js';

let folder: string;
let pem: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-url-'));
  pem = join(folder, 'ca.crt');
  writeFileSync(pem, '-----BEGIN CERTIFICATE-----\n');
});
afterAll(() => rm(folder, { recursive: true }));

const PLAIN = {
  hosts: [{ host: 'db.example.org', port: 5433 }],
  database: 'register',
  user: 'editor',
  password: 's3cret',
  options: undefined,
  applicationName: 'stedenband',
  writable: false,
  tls: undefined,
};

/** The message of a refused string, without the name of the setting. */
function refusal(url: string): string {
  try {
    parseDatabaseUrl(url, 'SETTING');
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as Error).message.replace('SETTING: ', '');
  }
  throw new Error(`${url} was not refused.`);
}

describe('the address', () => {
  test('has all of its parts', () => {
    expect(parseDatabaseUrl('postgresql://editor:s3cret@db.example.org:5433/register')).toEqual(PLAIN);
    expect(parseDatabaseUrl('postgres://db.example.org:5433/register?application_name=a&options=-c%20x.y%3D1')).toEqual(
      {
        ...PLAIN,
        user: undefined,
        password: undefined,
        applicationName: 'a',
        options: '-c x.y=1',
      },
    );
  });

  test.each([
    ['postgresql://u:p%40%2F%23%2C@h/d', { password: 'p@/#,', hosts: [{ host: 'h', port: undefined }] }],
    ['postgresql://u:p@q@h/d', { password: 'p@q' }],
    ['postgresql://[::1]:5433/d', { hosts: [{ host: '::1', port: 5433 }] }],
    ['postgresql:///d?host=/run/postgresql&port=5433', { hosts: [{ host: '/run/postgresql', port: 5433 }] }],
    ['postgresql://%2Frun%2Fpostgresql/d', { hosts: [{ host: '/run/postgresql', port: undefined }] }],
    ['postgresql:///d', { hosts: [{ host: undefined, port: undefined }] }],
  ])('%s', (url, parts) => {
    expect(parseDatabaseUrl(url)).toMatchObject(parts);
  });

  test('may have several hosts, of which the writable one is used', () => {
    const several = 'postgresql://editor:s3cret@a:5432,[::1]:5433,c/register';
    const hosts = [
      { host: 'a', port: 5432 },
      { host: '::1', port: 5433 },
      { host: 'c', port: undefined },
    ];
    expect(parseDatabaseUrl(several)).toEqual({ ...PLAIN, hosts, writable: true });
    expect(parseDatabaseUrl(`${several}?target_session_attrs=any`)).toMatchObject({ hosts, writable: false });
  });

  test.each([
    ['postgresql://h', 'the path does not name the database; it ends with /name.'],
    ['postgresql://h/d?target_session_attrs=standby', 'target_session_attrs is any or read-write; got standby.'],
    ['postgresql:///d?host=/run/postgresql&port=54x2', 'port is a number from 1 to 65535; got 54x2.'],
    ['postgresql://u:p@h:x/d', /^the address is not valid \(Invalid URL\); a special character .* percent-encoded/],
  ])('%s is refused', (url, message) => {
    expect(refusal(url)).toMatch(message);
  });

  test.each(['connect_timeout', 'ssl', 'sslpassword', 'schema', 'uselibpqcompat', 'channel_binding', 'constructor'])(
    'the parameter %s is refused by its name',
    name => {
      expect(refusal(`postgresql://u:pa55@h/d?${name}=1`)).toMatch(
        new RegExp(`^the parameter ${name} is not supported; supported are application_name, host, .*\\.$`),
      );
    },
  );

  test('no message has the password', () => {
    for (const url of [
      'postgresql://u:pa55@h:x/d',
      'postgresql://u:pa55@h',
      'postgresql://u:pa55@h/d?x=1',
      'postgresql://u:p?pa55@h/d',
    ])
      expect(refusal(url)).not.toContain('pa55');
  });
});

describe('sslmode is that of libpq', () => {
  const tls = (parameters: string) => parseDatabaseUrl(`postgresql://h/d?${parameters.replaceAll('FILE', pem)}`).tls;
  const ca = '-----BEGIN CERTIFICATE-----\n';

  test.each([
    ['sslmode=disable', false],
    ['sslmode=no-verify', { check: 'none' }],
    ['sslmode=require', { check: 'none' }],
    ['sslmode=require&sslrootcert=FILE', { check: 'chain', ca }],
    ['sslmode=verify-ca&sslrootcert=FILE', { check: 'chain', ca }],
    ['sslmode=verify-full&sslrootcert=FILE', { check: 'chain and host', ca }],
    ['sslmode=verify-full&sslrootcert=system', { check: 'chain and host' }],
    ['sslmode=verify-full', { check: 'chain and host' }],
    ['sslmode=verify-full&sslcert=FILE&sslkey=FILE', { check: 'chain and host', cert: ca, key: ca }],
  ])('%s', (parameters, expected) => {
    expect(tls(parameters)).toEqual(expected);
  });

  test.each([
    [
      'sslmode=prefer',
      /^sslmode is one of disable, no-verify, .*; got prefer, which falls back to plain text unnoticed/,
    ],
    ['sslmode=verify_full', /^sslmode is one of .*; got verify_full\.$/],
    ['sslmode=verify-ca', /^sslmode=verify-ca needs sslrootcert/],
    ['sslrootcert=FILE', 'sslrootcert has no effect without sslmode; add sslmode=verify-full.'],
    ['sslmode=require&sslcert=FILE', 'sslcert and sslkey are set together.'],
    [
      'sslmode=verify-full&sslrootcert=/no/ca.crt',
      'the file /no/ca.crt of sslrootcert cannot be read: it does not exist.',
    ],
    ['sslmode=verify-full&sslrootcert=/dev/null', 'the file /dev/null of sslrootcert is not in the format PEM.'],
  ])('%s is refused', (parameters, message) => {
    expect(refusal(`postgresql://h/d?${parameters.replaceAll('FILE', pem)}`)).toMatch(message);
  });

  test('without a warning of the driver', () => {
    const warn = vi.spyOn(process, 'emitWarning');
    for (const mode of ['require', 'verify-full']) tls(`sslmode=${mode}`);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});
