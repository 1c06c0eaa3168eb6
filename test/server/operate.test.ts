import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { readConfig } from '../../src/config/config.js';
import { SECRET_FILES, settingNames } from '../../src/config/settings.js';
import { copyOnPostgreSql } from '../support/database.js';
import { until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { openReceiver, type Receiver } from '../support/receiver.js';
import { createWebhook } from '../support/webhooks.js';

const run = promisify(execFile);
const OPERATE = new URL('../../src/server/operate/', import.meta.url);
const DIST = new URL('../../dist/', import.meta.url);
const readFileOf = (name: string) => readFile(new URL(name, OPERATE), 'utf8');

/** Returns an example of the README. */
async function exampleOf(name: string): Promise<string> {
  const readme = await readFile(new URL('../README.md', OPERATE), 'utf8');
  return new RegExp(`<!-- test: ${name} -->\n\`\`\`\\w+\n(.*?)\`\`\``, 's').exec(readme)?.[1] ?? '';
}

/** A selector of an expression: the name of its series, and its matchers of one value. */
interface Selector {
  name: string;
  values: [label: string, value: string][];
  labels: string[];
}

/** The selectors of an expression, and the labels that it groups by. A syntax error is one of the test. */
function read(expression: string): { selectors: Selector[]; groups: string[] } {
  const text = expression.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*');
  const selectors: Selector[] = [];
  const groups: string[] = [];
  parser.parse(text).iterate({
    enter({ name, node, from, to, type }) {
      if (type.isError) throw new Error(`No PromQL at ${from}: ${text}`);
      if (name === 'VectorSelector') selectors.push({ name: '', values: [], labels: [] });
      const selector = selectors.at(-1);
      if (name === 'Identifier' && selector) selector.name = text.slice(from, to);
      if (name === 'GroupingLabels') groups.push(...node.getChildren('LabelName').map(l => text.slice(l.from, l.to)));
      if (name === 'UnquotedLabelMatcher' && selector) {
        const [label = '', operator, value = ''] = ['LabelName', 'MatchOp', 'StringLiteral'].map(kind => {
          const child = node.getChild(kind);
          return child ? text.slice(child.from, child.to) : '';
        });
        selector.labels.push(label);
        if (operator === '=') selector.values.push([label, value.slice(1, -1)]);
      }
    },
  });
  return { selectors, groups };
}

/** The series that a server serves: the values of each label, by name. */
type Served = Map<string, Map<string, Set<string>>>;

function servedBy(metrics: string): Served {
  const served: Served = new Map();
  for (const [, name = '', labels = ''] of metrics.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const values = served.get(name) ?? new Map<string, Set<string>>();
    served.set(name, values);
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
      values.set(label, (values.get(label) ?? new Set()).add(value));
  }
  return served;
}

/** Labels that Prometheus adds to each series, and the series that it makes itself. */
const OF_PROMETHEUS = ['job', 'instance'];

/** Returns what an expression names that is not served. */
function missingFrom(served: Served, expression: string): string[] {
  const { selectors, groups } = read(expression);
  const missing = selectors
    .filter(({ name }) => name !== 'up')
    .flatMap(({ name, labels, values }) => {
      const series = served.get(name);
      if (!series) return [name];
      return [
        ...labels.filter(label => !OF_PROMETHEUS.includes(label) && !series.has(label)),
        ...values
          .filter(([label, value]) => !OF_PROMETHEUS.includes(label) && !series.get(label)?.has(value))
          .map(([label, value]) => `${label}="${value}"`),
      ].map(problem => `${name}{${problem}}`);
    });
  const grouped = groups.filter(
    label => !OF_PROMETHEUS.includes(label) && !selectors.some(({ name }) => served.get(name)?.has(label)),
  );
  return [...missing, ...grouped.map(label => `by (${label})`)];
}

describe('the series', () => {
  let server: Built;
  let larger: Built;
  let receiver: Receiver;
  let served: Served;
  const metrics = async ({ url } = server) => (await fetch(`${url}/metrics`)).text();
  const ask = (query: string) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
  beforeAll(async () => {
    receiver = await openReceiver();
    // 20 points are spent by the second question.
    server = await startBuilt(await copyOnPostgreSql(), '0', [], { WEBHOOKS: 'loopback', RATE_LIMIT: '20' });
    await createWebhook(server.url, { url: receiver.url });
    // Its own database is read from like a replica that was promoted.
    const database = await copyOnPostgreSql();
    larger = await startBuilt(database, '0', [], { WORKERS: '2', DATABASE_REPLICA_URLS: database });
    // Only then are answers stored.
    await until('the server hears of changes', async () => /^stedenband_listen_heard 1$/m.test(await metrics()));
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await ask('query Few { latestChangeCursor }')).status);
    statuses.push((await ask('{ partnerships(first: 19) { nodes { id } } }')).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 429]);
    await until('a request to the receiver is counted, and the replica has answered', async () => {
      served = servedBy((await metrics()) + (await metrics(larger)));
      return ['stedenband_webhook_requests_total', 'stedenband_replica_position'].every(name => served.has(name));
    });
  });
  afterAll(async () => {
    for (const built of [server, larger]) built?.child.kill('SIGKILL');
    await receiver?.close();
  });

  test('of a server are those that the alert rules name', async () => {
    const { groups } = parseYaml(await readFileOf('alerts.yaml'));
    const rules = groups.flatMap(({ rules }: { rules: object[] }) => rules);
    expect(rules.length).toBeGreaterThan(10);
    for (const { alert, expr, labels, annotations } of rules) {
      expect([alert, missingFrom(served, expr)]).toEqual([alert, []]);
      expect(labels.severity).toMatch(/^(?:critical|warning|info)$/);
      expect(annotations.summary).not.toBe('');
      // A label of a text is one of the result.
      const { groups: by } = read(expr);
      const aggregated = by.length > 0;
      for (const [, label = ''] of annotations.summary.matchAll(/\$labels\.(\w+)/g))
        if (aggregated) expect([alert, by]).toEqual([alert, expect.arrayContaining([label])]);
    }
  });

  test('of a server are those that the dashboard names', async () => {
    const { panels } = JSON.parse(await readFileOf('dashboard.json'));
    expect(panels.length).toBeGreaterThan(10);
    for (const { title, targets } of panels)
      for (const { expr, legendFormat } of targets) {
        expect([title, missingFrom(served, expr)]).toEqual([title, []]);
        const { selectors } = read(expr);
        for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
          expect([title, OF_PROMETHEUS.includes(label) || served.get(selectors[0]?.name ?? '')?.has(label)]).toEqual([
            title,
            true,
          ]);
      }
  });

  test('of ours are all in one of them, those of workers and replicas included', async () => {
    const text = (await readFileOf('alerts.yaml')) + (await readFileOf('dashboard.json'));
    const ours = [...served.keys()].filter(name => name.startsWith('stedenband_'));
    expect(ours.length).toBeGreaterThan(20);
    expect(ours).toEqual(expect.arrayContaining(['stedenband_workers', 'stedenband_replica_in_use']));
    const unused = ours.filter(name => !text.includes(name.replace(/_(?:bucket|sum|count)$/, '')));
    expect(unused).toEqual([]);
  });

  test('tell the pool, the memory of the caches, the refusals and the version', async () => {
    const text = await metrics();
    const value = (series: string) => {
      const line = text.split('\n').find(line => line.startsWith(`${series} `));
      return line === undefined ? undefined : Number(line.slice(series.length + 1));
    };
    expect(value('stedenband_database_up')).toBe(1);
    expect(value('stedenband_pool_max_connections')).toBe(10);
    expect(value('stedenband_pool_waiting')).toBe(0);
    // The scrape itself may use the only one.
    const open = ['idle', 'active'].map(state => value(`stedenband_pool_connections{state="${state}"}`) ?? 0);
    expect(Math.max(...open)).toBeGreaterThan(0);
    for (const cache of ['responses', 'documents'])
      expect([cache, value(`stedenband_cache_bytes{cache="${cache}"}`)]).not.toEqual([cache, 0]);
    const limits = { responses: 64e6, documents: 64e6, persisted_queries: 8e6, changes: 16e6, event_results: 4e6 };
    for (const [cache, limit] of Object.entries(limits))
      expect([cache, value(`stedenband_cache_limit_bytes{cache="${cache}"}`)]).toEqual([cache, limit]);
    expect(value('stedenband_budget_refusals_total{budget="address"}')).toBeGreaterThan(0);
    expect(value('stedenband_budget_refusals_total{budget="key"}')).toBe(0);
    expect(text).toMatch(/^stedenband_build_info\{version="\d+\.\d+\.\d+",node="\d+\.\d+\.\d+"\} 1$/m);
  });
});

test('what is not served, or is no PromQL, would be told', () => {
  const served = servedBy('a_total{code="X"} 1\n');
  expect(missingFrom(served, 'rate(a_total{code="X"}[5m]) > 0')).toEqual([]);
  expect(missingFrom(served, 'sum by (status) (rate(a_total{code="Y", kind=~".+"}[5m])) / b_total')).toEqual([
    'a_total{kind}',
    'a_total{code="Y"}',
    'b_total',
    'by (status)',
  ]);
  expect(() => read('rate(a_total[5m]')).toThrow('No PromQL');
});

describe('the unit of systemd', () => {
  const settingsIn = (text: string) =>
    [...text.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) => line.split(' ').map(item => item.split('=')));

  test('starts a file of the release, with settings that exist and secrets from credentials', async () => {
    const unit = await readFileOf('stedenband.service');
    const [, file = ''] =
      /^ExecStart=\/usr\/bin\/node --min-semi-space-size=16 \/opt\/stedenband\/dist\/(\S+)$/m.exec(unit) ?? [];
    expect((await stat(new URL(file, DIST))).isFile()).toBe(true);
    const credentials = [...unit.matchAll(/^LoadCredential=([\w-]+):\/etc\/stedenband\/\1$/gm)].map(([, name]) => name);
    const settings = settingsIn(unit);
    const files = settings.filter(([name = '']) => SECRET_FILES.has(name));
    expect(files.map(([, value]) => value)).toEqual(credentials.map(name => `%d/${name}`));
    const rest = settings.filter(([name = '']) => !SECRET_FILES.has(name) && name !== 'NODE_ENV');
    expect(rest.map(([name]) => name).filter(name => !settingNames.includes(name as string))).toEqual([]);
    const { shutdownDelay } = readConfig({ DATA_DIR: 'memory', ...Object.fromEntries(rest) });
    const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(unit) ?? [];
    expect(Number(seconds) * 1_000).toBeGreaterThan(10_000 + shutdownDelay);
  });

  test('restarts it as often as it fails, and tells only the primary of workers to stop', async () => {
    const lines = (await readFileOf('stedenband.service')).split('\n');
    for (const line of ['Restart=on-failure', 'StartLimitIntervalSec=0', 'KillMode=mixed'])
      expect(lines).toContain(line);
    // One process would end, and systemd takes SIGHUP for a success.
    expect(lines.filter(line => line.startsWith('ExecReload='))).toEqual([]);
  });

  test('gives the process nothing to write, no rights, and secrets only as files', async () => {
    const unit = await readFileOf('stedenband.service');
    const lines = [
      'DynamicUser=yes',
      'ProtectSystem=strict',
      'ProtectHome=yes',
      'NoNewPrivileges=yes',
      'CapabilityBoundingSet=',
    ];
    for (const line of lines) expect(unit.split('\n')).toContain(line);
    expect(unit).not.toMatch(/^(?:StateDirectory|ReadWritePaths|SetCredential|Environment=.*postgres)/m);
  });

  test('gets an embedded database by the edit in the README, without the secret of PostgreSQL', async () => {
    const edit = await exampleOf('embedded unit');
    expect(settingsIn(edit)).toEqual([['DATA_DIR', '%S/stedenband']]);
    expect(edit).toContain('\nStateDirectory=stedenband\n');
    const lines = (await readFileOf('stedenband.service')).split('\n');
    // An empty list removes all, and a credential without its file ends the start.
    const credentials = lines.filter(line => line.startsWith('LoadCredential='));
    const rest = credentials.filter(line => !line.includes('database-url'));
    expect(edit).toContain(`\nUnsetEnvironment=DATABASE_URL_FILE\nLoadCredential=\n${rest.join('\n')}\n`);
  });

  test.skipIf(!isInstalled('systemd-analyze'))('is right, and exposes little, by systemd-analyze', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stedenband-unit-'));
    const file = join(folder, 'stedenband.service');
    // The programs of this machine.
    const unit = (await readFileOf('stedenband.service'))
      .replace('/usr/bin/node', process.execPath)
      .replace('/opt/stedenband/dist/', fileURLToPath(DIST));
    for (const text of [`${unit}\n${await exampleOf('embedded unit')}`, unit]) {
      await writeFile(file, text);
      const { stderr } = await run('systemd-analyze', ['verify', '--man=no', file]);
      expect(stderr).toBe('');
    }
    // The level is at most 2.0 of 10.
    const { stdout } = await run('systemd-analyze', [
      'security',
      '--offline=true',
      '--no-pager',
      '--threshold=20',
      file,
    ]);
    expect(stdout).toMatch(/exposure level for stedenband\.service: 1\.\d/);
    await rm(folder, { recursive: true, force: true });
  });
});

function isInstalled(program: string, option = '--version'): boolean {
  try {
    execFileSync(program, [option], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the examples of proxies in the README', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stedenband-proxy-'));
    const [key, certificate] = ['register.key', 'register.pem'].map(name => join(folder, name));
    const subject = ['-subj', '/CN=register.example', '-days', '1'];
    await run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ed25519',
      '-nodes',
      '-keyout',
      `${key}`,
      '-out',
      `${certificate}`,
      ...subject,
    ]);
    await run('sh', ['-euc', local(await exampleOf('haproxy certificate'))]);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Returns an example with the certificate of this test. */
  const local = (text: string) => text.replaceAll('/etc/ssl', folder);

  /** Writes the example of a proxy to a file, with the certificate of this test. */
  async function example(proxy: string, wrap = (text: string) => text): Promise<string> {
    const text = await exampleOf(proxy);
    expect(text).toContain('127.0.0.1:4002');
    const file = join(folder, proxy);
    await writeFile(file, wrap(local(text)));
    return file;
  }

  test('repeat no request that was sent, buffer no stream, and keep the metrics from clients', async () => {
    const nginx = await readFile(await example('nginx'), 'utf8');
    expect(nginx).toContain('proxy_buffering off;');
    expect(nginx).not.toContain('non_idempotent');
    expect(nginx).toContain('location = /metrics');
    const haproxy = await readFile(await example('haproxy'), 'utf8');
    const [, certificate = ''] = / crt (\S+) /.exec(haproxy) ?? [];
    expect(await readFile(certificate, 'utf8')).toMatch(/BEGIN CERTIFICATE.+BEGIN PRIVATE KEY/s);
    expect(haproxy).toContain('deny_status 404 if { path /metrics }');
    expect(haproxy).not.toMatch(/retry-on .*(?:all|response-timeout|50\d)/);
  });

  test.skipIf(!isInstalled('nginx', '-v'))('are accepted by nginx', async () => {
    const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${folder}/t;`);
    const around = `pid ${folder}/pid; events {} http { access_log off; ${folders.join(' ')}`;
    const file = await example('nginx', text => `${around} ${text} }`);
    await run('nginx', ['-t', '-q', '-e', 'stderr', '-c', file]);
  });

  test.skipIf(!isInstalled('haproxy', '-v'))('are accepted by HAProxy', async () => {
    await run('haproxy', ['-c', '-f', await example('haproxy')]);
  });
});

test('the Containerfile starts a file of the release as a user without rights, with settings that exist', async () => {
  const text = await readFileOf('Containerfile');
  const [, file = ''] = /^CMD \["--min-semi-space-size=16", "dist\/(\S+)"\]$/m.exec(text) ?? [];
  expect((await stat(new URL(file, DIST))).isFile()).toBe(true);
  expect(text).toMatch(/^USER node$/m);
  const [, settings = ''] = /^ENV (.*)$/m.exec(text) ?? [];
  const names = settings.split(' ').map(item => item.split('=')[0]);
  expect(names.filter(name => name !== 'NODE_ENV' && !settingNames.includes(name as string))).toEqual([]);
});
