import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const script = fileURLToPath(new URL('supergraph.mjs', import.meta.url));
let running: ChildProcess;
let url: string;
let example: string;
beforeAll(async () => {
  running = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: '0', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: running.stdout as NodeJS.ReadableStream })) {
    url ??= /http:\S+\/graphql$/.exec(line)?.[0] as string;
    example = /^Example query: (.+)$/.exec(line)?.[1] ?? '';
    if (example) break;
  }
});
afterAll(() => {
  running?.kill('SIGKILL');
});

test('one command starts the register, its partners and a gateway, which answers the suggested query', async () => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: example }),
  });
  const { data, errors } = (await response.json()) as Record<string, never>;
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    mostPopulous: [
      { name: 'Amsterdam' },
      {
        name: 'Rotterdam',
        population: 670_610,
        exhibitions: [{ title: 'A port in the Pacific century' }],
        partnerships: { nodes: [{ chinese: { name: 'Shanghai' }, trade: { exportsEur: 4_100_000_000 } }] },
      },
      { name: 'The Hague' },
    ],
  });
});

test('the gateway serves GraphiQL and all of its files', async () => {
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const html = await page.text();
  const files = [...html.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)].map(([, path]) => new URL(String(path), url));
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect((await fetch(file)).status, file.href).toBe(200);
});

test('a subscription of GraphiQL passes through the gateway, over WebSocket', async () => {
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
  const [first] = await firstResult(client, '{ changes(first: 1) { edges { cursor } nodes { subjectId } } }');
  const { edges } = first.data.changes;
  const query = `subscription { changes(after: "${edges[0].cursor}") { kind subjectId } }`;
  expect(await firstResult(client, query)).toEqual([
    { data: { changes: { kind: 'RECORDED', subjectId: expect.stringMatching(/^[a-z]+-/) } } },
  ]);
  await client.dispose();
});

test('on SIGTERM the gateway exits, and the register with it', async () => {
  const ended = once(running, 'exit');
  running.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow();
});

/** Returns the first result of an operation. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of the data depends on the query.
async function firstResult(client: ReturnType<typeof createClient>, query: string): Promise<any[]> {
  for await (const result of client.iterate({ query })) return [result];
  return [];
}
