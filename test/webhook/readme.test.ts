import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { idOf, until } from '../support/feed.js';
import { freePort } from '../support/global.js';
import { createWebhook, mutate, reviseNotes, webhookOf, webhookServer } from '../support/webhooks.js';

const root = new URL('../../', import.meta.url);
// A receiver takes a moment to start.
const server = webhookServer({ retries: { backoffMs: () => 50, maxFailingMs: 600_000 } });
let text: string;

beforeAll(async () => {
  text = await readFile(new URL('src/webhook/README.md', root), 'utf8');
});

/** Returns the block of code after a mark. */
function block(file: string, language: string): string {
  const [, code] = text.slice(text.indexOf(`<!-- test: ${file} -->`)).split(`\`\`\`${language}\n`);
  return code?.split('\n```')[0] ?? '';
}

/** Starts a program. Returns its output so far. */
function start(command: string, args: string[], cwd: string, env: Record<string, string>): () => string {
  const child: ChildProcess = spawn(command, args, { cwd, env: { PATH: process.env.PATH, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += chunk));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit').catch(() => undefined);
  });
  return () => output;
}

test.each([
  ['receiver.ts', 'ts', process.execPath],
  ['receiver.py', 'python', 'python3'],
])('%s runs as it stands: it agrees, verifies, and passes over what it has', async (file, language, command) => {
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-receiver-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(fileURLToPath(new URL('node_modules', root)), join(folder, 'node_modules'));
  await writeFile(join(folder, file), block(file, language));
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}/hook`;
  const { id, secret } = await createWebhook(server.url, { url });
  const output = start(command, [file], folder, { SECRET: secret, PORT: port });
  const [first] = await reviseNotes(server.url, 1);
  await reviseNotes(server.url, 2);
  const delivered = async () => (await webhookOf(server.url, id)).lag === 0;
  await until('all were delivered', async () => (await delivered()) && output().split('\n').length >= 4);
  expect(output()).toBe('REVISED org-vng\n'.repeat(3));
  await mutate(server.url, 'pingWebhook', { id });
  await mutate(server.url, 'redeliverWebhook', { id, after: first });
  await until('two were delivered again', async () => {
    const { deliveries } = await webhookOf(server.url, id);
    return deliveries.filter(({ kind }: { kind: string }) => kind === 'REDELIVERY').length === 2;
  });
  expect(output()).toBe('REVISED org-vng\n'.repeat(3));
  const forged = await fetch(url, {
    method: 'POST',
    headers: {
      'webhook-id': 'x',
      'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
      'webhook-signature': 'v1,AAAA',
    },
    body: '{}',
  });
  expect(forged.status).toBe(401);
  // Changes that are lost had higher sequences.
  await writeFile(join(folder, 'sequence'), '9999999999-0123456789abcdef');
  await server.database.em.getConnection().execute('delete from change where id > ?', [idOf(first as string)]);
  const [next] = await reviseNotes(server.url, 1);
  await until(
    'the notice and the change were delivered',
    async () => (await webhookOf(server.url, id)).cursor === next,
  );
  const notice = 'The register was restored: load a copy again.\n';
  expect(output()).toBe(`${'REVISED org-vng\n'.repeat(3)}${notice}REVISED org-vng\n`);
  expect(await readFile(join(folder, 'sequence'), 'utf8')).toBe(next);
  await mutate(server.url, 'deleteWebhook', { id });
});

test('npm run webhook:listen verifies, prints, and fails on purpose', async () => {
  const port = String(await freePort());
  const { id, secret } = await createWebhook(server.url, { url: `http://127.0.0.1:${port}/` });
  const program = fileURLToPath(new URL('dist/commands/webhook-listen.js', root));
  const args = [program, '--secret', secret, '--port', port, '--fail', '50'];
  const output = start(process.execPath, args, fileURLToPath(root), {});
  await reviseNotes(server.url, 12);
  await until('all were delivered', async () => (await webhookOf(server.url, id)).lag === 0);
  expect(output()).toContain('handshake of register.example.nl');
  expect(
    output().match(/^204 \d{10}-\w+ nl\.stedenband\.organisation\.revised org-vng REVISED org-vng$/gm),
  ).toHaveLength(12);
  expect(output()).toMatch(/^500 \S+ is refused on purpose$/m);
  const forged = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
  expect(forged.status).toBe(401);
  await mutate(server.url, 'deleteWebhook', { id });
});
