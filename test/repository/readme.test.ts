import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { shownConfig } from '../../src/config/check.js';
import { settingNames } from '../../src/config/settings.js';
import type { RunningServer } from '../../src/server/serve.js';
import { until } from '../support/feed.js';
import { openProxy } from '../support/proxy.js';
import { openTestServer } from '../support/server.js';

const KEY = 'readme-test-admin-key';
const root = new URL('../../', import.meta.url);
/** The documents whose blocks run here. */
const documents = {
  product: 'README.md',
  change: 'src/change/README.md',
  export: 'src/export/README.md',
  feed: 'src/feed/README.md',
  matching: 'src/matching/README.md',
};
let texts: Record<keyof typeof documents, string>;
let server: RunningServer;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  const read = async ([name, path]: string[]) => [name, await readFile(new URL(path as string, root), 'utf8')];
  texts = Object.fromEntries(await Promise.all(Object.entries(documents).map(read)));
  server = await openTestServer({ access: { adminKey: KEY } });
  folder = await mkdtemp(join(tmpdir(), 'stedenband-readme-'));
  await symlink(fileURLToPath(new URL('node_modules', root)), join(folder, 'node_modules'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Returns the first block of code in a language, after the mark `<!-- test: name -->` if a name is given. */
function block(document: keyof typeof documents, language: string, name?: string): string {
  const mark = name === undefined ? '' : `<!-- test: ${name} -->`;
  if (!texts[document].includes(mark)) throw new Error(`${documents[document]} has no block ${name}.`);
  const [, code] = texts[document].slice(texts[document].indexOf(mark)).split(`\`\`\`${language}\n`);
  return code?.split('\n```')[0] ?? '';
}

async function ask(query: string, variables?: object, { url } = server) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question.
  return (await response.json()) as any;
}

const revise = (version: number, of = server) =>
  ask(
    `mutation { revisePartnership(input: { id: "tie-delft-jingdezhen", expectedVersion: ${version}, notes: "Seen ${version}", reason: "test" }) { change { cursor } userErrors { message } } }`,
    undefined,
    of,
  );

test('the question at the top gets the answer that stands below it', async () => {
  const { extensions, ...answer } = await ask(block('product', 'graphql'));
  expect(answer).toEqual(JSON.parse(block('product', 'json')));
  expect(extensions.cost.actual).toBeLessThanOrEqual(extensions.cost.estimated);
});

test('the table of settings in src/server/README.md has every setting with its default', async () => {
  const text = await readFile(new URL('src/server/README.md', root), 'utf8');
  const [, section = ''] = text.split('\n## Settings\n');
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`[A-Z_`, ]+) \| (\S+) \|/gm)];
  const documented = rows.flatMap(([, names = '', value = '']) =>
    [...names.matchAll(/\w+/g)].map(([name]) => [name, value.replaceAll('`', '')] as const),
  );
  expect(documented.map(([name]) => name).sort()).toEqual([...settingNames].sort());

  const defaults = shownConfig({});
  for (const [name, value] of documented) {
    const lines = value === '–' ? [`${name} is not set`, `${name}= (default)`] : [`${name}=${value} (default)`];
    if (name === 'DATA_DIR') lines[0] = `${name}=${fileURLToPath(new URL(value, root))} (default)`;
    expect(
      defaults.split('\n').filter(line => lines.includes(line)),
      name,
    ).toHaveLength(1);
  }
});

test('the client in TypeScript runs as it stands, and resumes where it was', async () => {
  await writeFile(join(folder, 'follow.ts'), block('change', 'ts', 'follow.ts'));
  let version = 0;
  let newest = '';
  const change = async () => {
    version += 1;
    newest = (await revise(version)).data.revisePartnership.change.cursor;
  };
  /** Starts the client, and stops it when it has dealt with the newest change; before that changes go on. */
  const follow = async (meanwhile: () => Promise<void>): Promise<string> => {
    const child = spawn(process.execPath, ['follow.ts'], {
      cwd: folder,
      env: { ...process.env, REGISTER: `${server.url.replace('http', 'ws')}/graphql` },
    });
    children.push(child);
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
    });
    const kept = () => readFile(join(folder, 'cursor'), 'utf8').catch(() => '');
    while (newest === '' || (await kept()) !== newest) {
      await meanwhile();
      await sleep(250);
    }
    child.kill('SIGKILL');
    await once(child, 'close');
    return output;
  };
  // The first time it follows from now on, which may be after some of the changes.
  expect(await follow(change)).toMatch(/^(REVISED tie-delft-jingdezhen\n)+$/);
  // The second time it receives the changes that it missed.
  await change();
  expect(await follow(async () => undefined)).toBe('REVISED tie-delft-jingdezhen\n');
}, 60_000);

test('the copy by the official client runs as it stands, from the snapshot on', async () => {
  await writeFile(join(folder, 'copy.ts'), block('feed', 'ts', 'copy with the state protocol'));
  const env = { ...process.env, REGISTER: server.url };
  const child = spawn(process.execPath, ['copy.ts'], { cwd: folder, env });
  children.push(child);
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  let cursor = '';
  while (cursor === '' || !output.includes(`${cursor} ACTIVE\n`)) {
    cursor = (await revise(await versionOf())).data.revisePartnership.change.cursor;
    await sleep(500);
  }
}, 60_000);

/** Starts the client of the README, with the cursor of an earlier run. Returns what it prints on standard output. */
async function startClient(url: string, cursor: string, finished = onTestFinished): Promise<() => string> {
  await writeFile(join(folder, 'follow.ts'), block('change', 'ts', 'follow.ts'));
  await writeFile(join(folder, 'cursor'), cursor);
  const child = spawn(process.execPath, ['follow.ts'], { cwd: folder, env: { ...process.env, REGISTER: url } });
  children.push(child);
  finished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  return () => output;
}
const newestCursor = async (of = server) =>
  (await ask('{ latestChangeCursor }', undefined, of)).data.latestChangeCursor;
const versionOf = async (of = server) =>
  (await ask('{ partnership(id: "tie-delft-jingdezhen") { version } }', undefined, of)).data.partnership.version;

test('the client in TypeScript reloads when its cursor is of a history that was lost, and follows on', async () => {
  const lost = Buffer.from('change-3-0123456789abcdef').toString('base64url');
  const output = await startClient(`${server.url.replace('http', 'ws')}/graphql`, lost);
  await until('it has reloaded', () => output().includes('reloaded\n'));
  expect(await readFile(join(folder, 'cursor'), 'utf8')).toBe(await newestCursor());
  await revise(await versionOf());
  await until('it follows', () => output() === 'reloaded\nREVISED tie-delft-jingdezhen\n');
}, 60_000);

// Each waits for half a minute: they run beside each other.
test.concurrent('the client in TypeScript notices within 30 s that its connection is silent, and resumes', async ({
  onTestFinished,
}) => {
  const proxy = await openProxy(Number(new URL(server.url).port));
  onTestFinished(proxy.close);
  const output = await startClient(`ws://127.0.0.1:${proxy.port}/graphql`, await newestCursor(), onTestFinished);
  await revise(await versionOf());
  await until('it follows', () => output() === 'REVISED tie-delft-jingdezhen\n');
  proxy.blackHole();
  await revise(await versionOf());
  // The proxy forwards new connections only: the one that is silent stays so until the client ends it.
  proxy.forwardNew();
  await until('it has resumed', () => output() === 'REVISED tie-delft-jingdezhen\n'.repeat(2), 30_000);
}, 90_000);

test.concurrent('EventSource and curl notice within 30 s that their connection is silent, and EventSource resumes', async ({
  onTestFinished,
}) => {
  const own = await openTestServer({ access: { adminKey: KEY } });
  onTestFinished(own.close);
  const proxy = await openProxy(Number(new URL(own.url).port));
  onTestFinished(proxy.close);
  const example = (language: string, name: string) =>
    block('change', language, name).replace('127.0.0.1:4000', `127.0.0.1:${proxy.port}`);
  await writeFile(join(folder, 'events.mjs'), example('js', 'follow with EventSource'));
  const started = [
    spawn(process.execPath, ['--experimental-eventsource', 'events.mjs'], { cwd: folder }),
    spawn('bash', ['-c', example('sh', 'follow with curl')], {
      env: { ...process.env, CURSOR: await newestCursor(own) },
    }),
  ];
  onTestFinished(() => {
    for (const child of started) child.kill('SIGKILL');
  });
  const outputs = started.map(child => {
    const output = { text: '' };
    child.stdout?.on('data', chunk => {
      output.text += chunk;
    });
    return output;
  });
  // The first change may come before they follow.
  const change = async () => revise(await versionOf(own), own);
  await until('both follow', async () => {
    await change();
    await sleep(500);
    return outputs.every(({ text }) => text.includes('tie-delft-jingdezhen'));
  });
  await sleep(1_000);
  const [seen] = outputs.map(({ text }) => text);
  proxy.blackHole();
  await change();
  proxy.forwardNew();
  const hasResumed = () => outputs[0]?.text === `${seen}REVISED tie-delft-jingdezhen\n`;
  const code = () => started[1]?.exitCode;
  await until('one has resumed, and the other has ended', () => hasResumed() && code() !== null, 30_000);
  expect(code()).toBe(28);
}, 90_000);

test('the calls with curl work as they stand', async () => {
  const shell = (command: string) =>
    new Promise<string>(resolve => {
      const child = execFile(
        'bash',
        ['-c', command.replaceAll('http://127.0.0.1:4000', server.url)],
        { env: { ...process.env, KEY, CURSOR: Buffer.from('change-392').toString('base64url') }, timeout: 3_000 },
        (_, stdout) => resolve(stdout),
      );
      children.push(child);
    });
  const written = JSON.parse(await shell(block('change', 'sh', 'write with curl')));
  expect(written.data.endPartnership.userErrors[0]?.code ?? written.data.endPartnership.partnership.status).toMatch(
    /^(ENDED|CONFLICT)$/,
  );
  const page = JSON.parse(await shell(block('change', 'sh', 'poll with curl'))).data.changes;
  expect(page.nodes.at(-1).cursor).toBe(page.pageInfo.endCursor);
  const events = await shell(block('change', 'sh', 'follow with curl'));
  expect(events).toMatch(
    /^id: [\w-]+\nevent: next\ndata: \{"data":\{"changes":\{"cursor":"[\w-]+","kind":"REVISED","subjectId":"tie-delft-jingdezhen"\}\}\}$/m,
  );
}, 20_000);

test('a withdrawal that is refused names what refers to the record', async () => {
  const { withdrawAuthority } = (await ask(block('change', 'graphql', 'withdraw'))).data;
  expect(withdrawAuthority).toMatchObject({ withdrawnAuthorityId: null, userErrors: [{ code: 'REFERRED_TO' }] });
  expect(withdrawAuthority.userErrors[0].referring).toContainEqual({
    type: 'PARTNERSHIP',
    field: 'dutch',
    count: expect.any(Number),
    ids: expect.arrayContaining([expect.stringMatching(/^tie-/)]),
  });
});

test('recent changes are those of the list, and then each change after its end, once', async () => {
  const recent = block('change', 'graphql', 'recent changes');
  const { changes } = (await ask(recent)).data;
  expect(changes.nodes).toHaveLength(10);
  expect(changes.nodes.at(-1).cursor).toBe(changes.pageInfo.endCursor);
  const older = (await ask(recent, { before: changes.pageInfo.startCursor })).data.changes;
  expect(older.nodes).toHaveLength(10);
  expect(older.nodes.at(-1).cursor).not.toBe(changes.nodes[0].cursor);

  // Between the list and the subscription, which misses nothing.
  const { cursor } = (await revise(await versionOf())).data.revisePartnership.change;
  const control = new AbortController();
  onTestFinished(() => control.abort());
  const parameters = new URLSearchParams({
    query: block('change', 'graphql', 'changes after them'),
    variables: JSON.stringify({ after: changes.pageInfo.endCursor }),
  });
  const response = await fetch(`${server.url}/graphql/stream?${parameters}`, { signal: control.signal });
  let received = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    received += decoder.decode(chunk, { stream: true });
    if (received.includes('event: next') && received.endsWith('\n\n')) break;
  }
  const [first] = [...received.matchAll(/^data: (\{"data".*)$/gm)].map(
    ([, data]) => JSON.parse(data as string).data.changes,
  );
  expect(first).toMatchObject({ cursor, kind: 'REVISED', subjectId: 'tie-delft-jingdezhen' });
});

test('the command of reconciliation finds the record', async () => {
  const command = block('matching', 'sh', 'reconcile commands').replace('http://127.0.0.1:4000', server.url);
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command} --silent --show-error --fail`]);
  expect(JSON.parse(stdout).q0.result[0]).toMatchObject({ id: 'nl-den-haag', match: true });
});

test('the exports and the code list are as the commands say', async () => {
  const commands = block('export', 'sh', 'export commands').trim().split('\n');
  expect(commands).toHaveLength(4);
  for (const command of commands) {
    const here = command.replace('http://127.0.0.1:4000', server.url);
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', `${here} --silent --show-error --fail`], {
      cwd: folder,
    });
    expect(stderr).toBe('');
    if (command.includes('.csv')) expect(stdout).toMatch(/^\uFEFFid,dutch\.id,.*\r\n(?:tie-.*\r\n){2,}$/s);
    if (command.includes('.ndjson')) expect(JSON.parse(stdout.split('\n')[0] ?? '')).toHaveProperty('sources');
  }
  const names = await readdir(folder);
  expect(names.filter(name => /^stedenband-partnerships-\d{4}-\d\d-\d\d\.xlsx$/.test(name))).toHaveLength(1);
  expect(names.filter(name => /^stedenband-\d{4}-\d\d-\d\d\.zip$/.test(name))).toHaveLength(1);
  const { data } = await ask(block('export', 'graphql', 'code list'));
  expect(data.codeList.codes[1]).toMatchObject({ value: 'ACTIVE', label: 'Actief', zh: '活跃' });
});
