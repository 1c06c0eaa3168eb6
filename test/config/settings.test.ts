import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import os, { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { shownConfig } from '../../src/config/check.js';
import { readConfig } from '../../src/config/config.js';
import { SECRET_FILES, settingNames } from '../../src/config/settings.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-settings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes a file as a secret is mounted: readable by its owner only. */
async function secretFile(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  await chmod(file, 0o600);
  return file;
}

describe('a misspelt setting ends the start', () => {
  test.each([
    ['DATABASE_ULR', 'DATABASE_URL'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DATABASEURL', 'DATABASE_URL'],
    ['database_url', 'DATABASE_URL'],
    ['DATABASE_URLS', 'DATABASE_URL'],
    ['DATBASE_URLL', 'DATABASE_URL'],
    ['DATABASE_URL_FIEL', 'DATABASE_URL_FILE'],
    ['DATABASE_POLL_SIZE', 'DATABASE_POOL_SIZE'],
    ['DATABASE_POOLSIZE', 'DATABASE_POOL_SIZE'],
    ['DATABASE_QUERY_TIMEOUTS', 'DATABASE_QUERY_TIMEOUT'],
    ['DATABASE_LOCK_TIME_OUT', 'DATABASE_LOCK_TIMEOUT'],
    ['DATADIR', 'DATA_DIR'],
    ['DATA_DIRS', 'DATA_DIR'],
    ['PORTT', 'PORT'],
    ['PROT', 'PORT'],
    ['HOTS', 'HOST'],
    ['RATE_LIMITS', 'RATE_LIMIT'],
    ['RATE_LIMIT_KEYS', 'RATE_LIMIT_KEY'],
    ['RATELIMIT_STORE', 'RATE_LIMIT_STORE'],
    ['ADMIN_KEYS', 'ADMIN_KEY'],
    ['AMDIN_KEY', 'ADMIN_KEY'],
    ['ADMIN_KEY_FILES', 'ADMIN_KEY_FILE'],
    ['METRIC_KEY', 'METRICS_KEY'],
    ['ROUTER_SECRETS', 'ROUTER_SECRET'],
    ['TRUSTED_PROXYS', 'TRUSTED_PROXIES'],
    ['ALLOWED_ORIGIN', 'ALLOWED_ORIGINS'],
    ['ALOWED_ORIGINS', 'ALLOWED_ORIGINS'],
    ['ALLOWED_ORIGNS', 'ALLOWED_ORIGINS'],
    ['ALLOW_ORIGINS', 'ALLOWED_ORIGINS'],
    ['ALLOWED_ORGINS', 'ALLOWED_ORIGINS'],
    ['MAX_COST_BY_SCOPES', 'MAX_COST_BY_SCOPE'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['LOG_LEVLE', 'LOG_LEVEL'],
    ['MAX_COSTS', 'MAX_COST'],
    ['RESPONSE_CAHCE', 'RESPONSE_CACHE'],
    ['SHUTDOWN_DELAYS', 'SHUTDOWN_DELAY'],
    ['SOCKET_PER_ADDRESS', 'SOCKETS_PER_ADDRESS'],
    ['OIDC_ISUER', 'OIDC_ISSUER'],
    ['OTEL_EXPORTER_OTLP_ENDPIONT', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ])('%s', (name, intended) => {
    expect(() => readConfig({ [name]: '1' })).toThrow(
      new RegExp(`^Settings: ${name} is not a setting; did you mean ${intended}\\.$`),
    );
  });

  // A letter left out, written twice, or written for its neighbour, at each place of each name.
  test.each(settingNames.map(setting => [setting]))('%s with any one mistake', setting => {
    const others = new Set([...settingNames, ...SECRET_FILES.keys()]);
    for (let at = 0; at < setting.length; at += 1) {
      const [letter = '', next = ''] = setting.slice(at);
      const before = setting.slice(0, at);
      const names = [
        before + setting.slice(at + 1),
        before + letter + setting.slice(at),
        before + next + letter + setting.slice(at + 2),
      ];
      for (const name of names.filter(name => !others.has(name)))
        expect(() => readConfig({ [name]: '1' }), name).toThrow(`Settings: ${name} is not a setting; did you mean `);
    }
  });

  test('a file for a setting that is no secret, too', () => {
    expect(() => readConfig({ TRUSTED_DOCUMENTS_FILE: 'x' })).toThrow(
      /^Settings: TRUSTED_DOCUMENTS_FILE is not a setting: only DATABASE_URL, .*METRICS_KEY can be read from a file\.$/,
    );
  });

  test('names of other programs do not', () => {
    const names = [
      'PATH HOME HOSTNAME HOSTTYPE LOGNAME USER PORTAL TEST_PORT DB_HOST REDIS_PORT KUBERNETES_PORT',
      'KUBERNETES_SERVICE_HOST DATABASE_NAME DATABASE_USER DATABASE_HOST DATABASE_PORT DATABASE_PASSWORD',
      'TEST_DATABASE_URL DATABASE_URL_REPLICA DATABASE_PUBLIC_URL POSTGRES_PASSWORD PGHOST PGPORT PGDATABASE',
      'npm_config_loglevel npm_package_name npm_lifecycle_event NODE_ENV NODE_OPTIONS NODE_EXTRA_CA_CERTS',
      'XDG_DATA_DIRS XDG_DATA_HOME LANG LC_ALL TERM SHELL SHLVL PWD OLDPWD TZ EDITOR PAGER SSH_AUTH_SOCK',
      'OTEL_SERVICE_NAME OTEL_EXPORTER_OTLP_HEADERS OTEL_EXPORTER_OTLP_LOGS_PROTOCOL OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
      'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT OTEL_BSP_SCHEDULE_DELAY OTEL_LOGS_EXPORTER CREDENTIALS_DIRECTORY NOTIFY_SOCKET INVOCATION_ID',
      'HTTP_PROXY HTTPS_PROXY NO_PROXY CI VITEST UV_THREADPOOL_SIZE LD_LIBRARY_PATH',
    ];
    const environment = Object.fromEntries(names.flatMap(line => line.split(' ')).map(name => [name, 'x']));
    expect(readConfig({ ...environment, NODE_ENV: 'test' }).port).toBe(4000);
  });
});

describe('a secret can be read from a file', () => {
  const SECRET = 'a-secret-of-sixteen-or-more';

  test('without the newline at its end', async () => {
    const url = 'postgresql://register:hunter2@db.example/register';
    const config = readConfig({
      DATABASE_URL_FILE: await secretFile('url', `${url}\r\n`),
      ADMIN_KEY_FILE: await secretFile('admin', `${SECRET}\n`),
      ROUTER_SECRET_FILE: await secretFile('router', SECRET),
      METRICS_KEY_FILE: await secretFile('metrics', `${SECRET}-old\n${SECRET}-new\n`),
    });
    expect(config.storage).toEqual({ kind: 'postgresql', url });
    expect(config.access).toMatchObject({ adminKey: [SECRET], routerSecret: [SECRET] });
    expect(config.metricsKey).toEqual([`${SECRET}-old`, `${SECRET}-new`]);
  });

  test('--check masks it, and names the file', async () => {
    const file = await secretFile('masked', `${SECRET}\n`);
    const shown = shownConfig({ ADMIN_KEY_FILE: file });
    expect(shown).toContain(`\nADMIN_KEY=*** (from ${file})\n`);
    expect(shown).not.toContain(SECRET);
  });

  test('mistakes are told without the secret', async () => {
    const missing = join(folder, 'missing');
    const both = { ADMIN_KEY: SECRET, ADMIN_KEY_FILE: await secretFile('both', SECRET) };
    const short = { METRICS_KEY_FILE: await secretFile('short', 'hunter2') };
    const empty = { ROUTER_SECRET_FILE: await secretFile('empty', '\n') };
    const read = () => readConfig({ DATABASE_URL_FILE: missing, ...both, ...short, ...empty });
    for (const sentence of [
      `DATABASE_URL_FILE is a file with the value of DATABASE_URL; got ENOENT: no such file or directory, open '${missing}'`,
      'ADMIN_KEY and ADMIN_KEY_FILE are two sources of one value; got both, set one of them',
      `ROUTER_SECRET_FILE is a file with the value of ROUTER_SECRET; ${join(folder, 'empty')} is empty`,
      'METRICS_KEY is one value or, separated by a space, the old and the new one, each of at least 16 characters; got one of 7 characters',
    ]) {
      expect(read).toThrow(sentence);
    }
    expect(read).not.toThrow(/hunter2|a-secret/);
  });

  test.each([
    ['a folder', (file: string) => mkdir(file), 'is a folder'],
    // As PowerShell writes with `>`.
    ['UTF-16', (file: string) => writeFile(file, `\uFEFF${SECRET}\r\n`, 'utf16le'), 'is not UTF-8'],
  ])('%s is refused by name', async (name, write, reason) => {
    const file = join(folder, name);
    await write(file);
    expect(() => readConfig({ ADMIN_KEY_FILE: file })).toThrow(
      `Settings: ADMIN_KEY_FILE is a file with the value of ADMIN_KEY; ${file} ${reason}.`,
    );
  });

  test('with a byte order mark and empty lines, which are no part of it', async () => {
    const url = 'postgresql://db.example/register';
    const { storage } = readConfig({ DATABASE_URL_FILE: await secretFile('mark', `\uFEFF${url}\r\n\r\n`) });
    expect(storage).toEqual({ kind: 'postgresql', url });
  });

  test.each([
    ['a third value', `${SECRET}1 ${SECRET}2 ${SECRET}3`, '3 of 28, 28, 28 characters'],
    ['a sentence', 'correct horse battery staple', '4 of 7, 5, 7, 6 characters'],
    ['a short second value', `${SECRET} hunter2`, '2 of 27, 7 characters'],
    ['blanks', '   ', '0 of  characters'],
  ])('%s is refused with the whole rule', (_, value, got) => {
    for (const name of ['ADMIN_KEY', 'ROUTER_SECRET', 'METRICS_KEY'])
      expect(() => readConfig({ [name]: value })).toThrow(
        `Settings: ${name} is one value or, separated by a space, the old and the new one, each of at least 16 characters; got ${got}.`,
      );
  });
});

test.each(['https://register.example/?a', 'https://register.example/#a', 'https://u:p@register.example'])(
  'WEBHOOK_PUBLIC_URL=%s is refused: paths are appended to it',
  url => {
    expect(() => readConfig({ WEBHOOK_PUBLIC_URL: url })).toThrow(
      `Settings: WEBHOOK_PUBLIC_URL is the web address of this register, such as https://register.example.nl; got "${url}".`,
    );
  },
);

describe('HOST', () => {
  test.each(['localhost', '0.0.0.0', '::', '::1', 'fe80::1%eth0', '::ffff:127.0.0.1', 'db_1.internal.'])('%s', HOST => {
    expect(readConfig({ HOST }).host).toBe(HOST);
  });

  test.each(['127.0.0.1:4000', '[::1]', 'http://localhost', '*', 'two words', '10.0.0.0/8', ' 127.0.0.1'])(
    '%j is refused',
    HOST => {
      expect(() => readConfig({ HOST })).toThrow(
        `Settings: HOST is an address or a host name without a port, such as 127.0.0.1, 0.0.0.0 or ::; got ${JSON.stringify(HOST)}.`,
      );
    },
  );
});

test.each(['report', 'only'])(
  'TRUSTED_DOCUMENTS_MODE=%s without a file is refused: it would admit all documents',
  mode => {
    for (const file of [{}, { TRUSTED_DOCUMENTS: '' }])
      expect(() => readConfig({ TRUSTED_DOCUMENTS_MODE: mode, ...file })).toThrow(
        `Settings: TRUSTED_DOCUMENTS_MODE is open without TRUSTED_DOCUMENTS, the file of the documents that are trusted; got "${mode}".`,
      );
    expect(readConfig({ TRUSTED_DOCUMENTS_MODE: mode, TRUSTED_DOCUMENTS: 'x' }).trusted).toEqual({ file: 'x', mode });
  },
);

test('--check shows a limit that is off as it is set', () => {
  const shown = shownConfig({ RATE_LIMIT: 'off', RATE_LIMIT_KEY: 'off' });
  expect(shown).toContain('\nRATE_LIMIT=off\nRATE_LIMIT_KEY=off\n');
});

describe('of OpenTelemetry', () => {
  const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

  test.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'foo' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is the address of a collector, such as'],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL is http/protobuf or http/json; got "grpc"'],
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }, 'OTEL_TRACES_EXPORTER is otlp or none; got "zipkin"'],
    [{ OTEL_TRACES_SAMPLER: 'some' }, 'OTEL_TRACES_SAMPLER is one of always_on, always_off, traceidratio'],
    [{ OTEL_TRACES_SAMPLER_ARG: '1.5' }, 'OTEL_TRACES_SAMPLER_ARG is a number from 0 to 1; got "1.5"'],
  ])('%o ends the start', (environment, problem) => {
    expect(() => readConfig(environment)).toThrow(problem);
  });

  test('spans are exported to an endpoint, unless they are disabled', () => {
    expect(readConfig({}).tracing).toBeUndefined();
    expect(readConfig({ ...ENDPOINT, OTEL_SDK_DISABLED: 'true' }).tracing).toBeUndefined();
    expect(readConfig({ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }).tracing).toBeUndefined();
    expect(readConfig(ENDPOINT).tracing).toEqual({
      protocol: 'http/protobuf',
      sampler: 'parentbased_always_on',
      ratio: 1,
    });
    const sampled = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' };
    expect(readConfig({ ...ENDPOINT, ...sampled, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' }).tracing).toEqual({
      protocol: 'http/json',
      sampler: 'traceidratio',
      ratio: 0.25,
    });
  });
});

describe('DATABASE_REPLICA_URLS', () => {
  const DATABASE_URL = 'postgresql://a.example,b.example/register';
  const [first, second] = ['postgresql://register:hunter2@c.example:5433/register', 'postgres://d.example/register'];

  test('is a list, of which --check masks each', () => {
    const settings = { DATABASE_URL, DATABASE_REPLICA_URLS: `${first}, ${second}` };
    expect(readConfig(settings).storage).toMatchObject({ replicas: { urls: [first, second], maxLagMs: 5_000 } });
    expect(shownConfig(settings)).toContain(
      '\nDATABASE_REPLICA_URLS=postgresql://***@c.example:5433/register,postgres://d.example/register\n',
    );
  });

  test.each([
    ['postgresql://u:hunter2@a:5432,b/db?sslmode=require', 'postgresql://***@a:5432,b/db?***'],
    ['postgresql://a,[::1]:5433/db', 'postgresql://a,[::1]:5433/db'],
    ['postgresql://u:hunter,2@b/db', 'postgresql://***@b/db'],
    ['postgresql://u:hun@ter2@a,b/db', 'postgresql://***@a,b/db'],
    // Not percent-encoded.
    ['postgresql://u:1,hunter2/3@a,b/db', '***'],
    ['postgresql://hunter2:1,2#3@a,b/db', '***'],
    ['postgresql://u:hunter2@a,b:x/db', '***'],
  ])('is shown with its hosts, and without its password: %s', (url, shown) => {
    expect(shownConfig({ DATABASE_URL: url })).toContain(`\nDATABASE_URL=${shown}\n`);
  });

  test.each([
    ['another scheme', { DATABASE_URL, DATABASE_REPLICA_URLS: `${first},http://d.example` }],
    ['no primary', { DATABASE_REPLICA_URLS: first }],
  ])('is refused with %s, without its password', (_, settings) => {
    expect(() => readConfig(settings)).toThrow(/DATABASE_REPLICA_URLS is /);
    expect(() => readConfig(settings)).not.toThrow(/hunter2/);
  });
});

describe('in production', () => {
  const NODE_ENV = 'production';

  test('the storage has no default', () => {
    expect(() => readConfig({ NODE_ENV })).toThrow(
      'Settings: NODE_ENV is production, where the storage has no default: set DATABASE_URL for PostgreSQL, or DATA_DIR for the embedded database.',
    );
    expect(() => shownConfig({ NODE_ENV })).toThrow('NODE_ENV is production');
  });

  test('one that is named is used', () => {
    expect(readConfig({ NODE_ENV, DATA_DIR: '/data' }).storage).toEqual({ kind: 'embedded', directory: '/data' });
    const url = 'postgresql://db.example/register';
    expect(readConfig({ NODE_ENV, DATABASE_URL: url }).storage).toEqual({ kind: 'postgresql', url });
    expect(readConfig({}).storage.kind).toBe('embedded');
  });
});

describe('ALLOWED_ORIGINS', () => {
  test.each([
    ['localhost', ['localhost']],
    ['*', ['*']],
    ['http://localhost:5173/', ['http://localhost:5173']],
    ['HTTPS://Example.org:443', ['https://example.org']],
    [' https://example.org , http://[::1]:3000 ', ['https://example.org', 'http://[::1]:3000']],
    ['', []],
  ])('%j is %j', (text, origins) => {
    expect(readConfig({ ALLOWED_ORIGINS: text }).protection.allowedOrigins).toEqual(origins);
  });

  test.each([
    'http://localhost:*',
    'https://*.example.org',
    'https://example.org/app',
    'https://example.org?x',
    'https://user@example.org',
    'localhost:5173',
    'example.org',
    'ftp://example.org',
    'null',
  ])('%s is refused', text => {
    expect(() => readConfig({ ALLOWED_ORIGINS: `https://friend.test,${text}` })).toThrow(
      `Settings: ALLOWED_ORIGINS is a comma-separated list of origins (scheme, host and port, such as https://example.org), localhost for all pages of this machine, or *; got "https://friend.test,${text}".`,
    );
  });
});

describe('MAX_COST_BY_SCOPE', () => {
  test('is by scopes that exist', () => {
    const { maxCostByScope } = readConfig({ MAX_COST_BY_SCOPE: 'register:admin=50000,authority:write=200' }).protection;
    expect(maxCostByScope).toEqual({ 'register:admin': 50_000, 'authority:write': 200 });
  });

  test.each(['register:read=50000', 'admin=1', 'register:admin=0', 'register:admin', 'constructor=1'])(
    '%s ends the start with the list of scopes',
    text => {
      expect(() => readConfig({ MAX_COST_BY_SCOPE: text })).toThrow(
        `Settings: MAX_COST_BY_SCOPE is a comma-separated list of scopes with a number of points, such as register:admin=50000; the scopes are read, authority:write, partnership:write, programme:write, exchange:write, organisation:write, proposal:write, proposal:review, webhook:manage, register:admin; got "${text}".`,
      );
    },
  );
});

describe('WORKERS', () => {
  const DATABASE_URL = 'postgresql://register@db.example/register';

  test('divide the pool and the caches of an instance, whose defaults grow with them', () => {
    const parts = (environment: Record<string, string>) => {
      const { workers, databaseLimits, cacheBytes, documentBytes } = readConfig({ DATABASE_URL, ...environment });
      return [workers, databaseLimits.poolSize, cacheBytes, documentBytes];
    };
    expect(parts({})).toEqual([1, 10, 64_000_000, 64_000_000]);
    expect(parts({ WORKERS: '2' })).toEqual([2, 5, 32_000_000, 32_000_000]);
    expect(parts({ WORKERS: '16' })).toEqual([16, 4, 16_000_000, 16_000_000]);
    const set = { DATABASE_POOL_SIZE: '9', RESPONSE_CACHE: '8', DOCUMENT_CACHE: '6' };
    expect(parts({ WORKERS: '4', ...set })).toEqual([4, 2, 2_000_000, 1_500_000]);
    expect(parts({ WORKERS: '4', ...set, RESPONSE_CACHE: 'off' })[2]).toBe(0);
    expect(parts({ WORKERS: 'auto' })[0]).toBe(availableParallelism());
    expect(shownConfig({ DATABASE_URL, WORKERS: '16' })).toContain('\nDATABASE_POOL_SIZE=64 (default)\n');
  });

  test('are as many on more cores, because the primary passes their number on', () => {
    const cores = vi.spyOn(os, 'availableParallelism').mockReturnValue(128);
    syncBuiltinESMExports();
    const { workers } = readConfig({ DATABASE_URL, WORKERS: 'auto' });
    cores.mockRestore();
    syncBuiltinESMExports();
    expect(readConfig({ DATABASE_URL, WORKERS: String(workers) }).workers).toBe(99);
  });

  test.each([
    [
      { WORKERS: '2' },
      'WORKERS is 1 without DATABASE_URL, because the embedded database belongs to one process; got "2"',
    ],
    [
      { WORKERS: 'auto' },
      'WORKERS is 1 without DATABASE_URL, because the embedded database belongs to one process; got "auto"',
    ],
    [{ DATABASE_URL, WORKERS: '0' }, 'WORKERS is auto, or a number of processes from 1 to 99; got "0"'],
    [
      { DATABASE_URL, WORKERS: '4', DATABASE_POOL_SIZE: '3' },
      'DATABASE_POOL_SIZE is at least the number of WORKERS, because they divide it; got "3" for 4 workers',
    ],
  ])('%o is refused', (environment, sentence) => {
    expect(() => readConfig(environment)).toThrow(`Settings: ${sentence}.`);
  });
});
