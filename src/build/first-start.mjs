// Starts the built server once and asks it one question, so that the first start of a user finds what V8 compiled.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';

rmSync('dist/compiled', { recursive: true, force: true });
const { PATH } = process.env;
const server = spawn(process.execPath, ['dist/start.js'], {
  env: { PATH, HOST: '127.0.0.1', PORT: '0', DATA_DIR: 'memory', LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
server.stdout.setEncoding('utf8');
const ended = once(server, 'exit');
for await (const text of server.stdout) {
  const url = /http:\/\/127[\d.:]{1,20}\/graphql/.exec(text)?.[0];
  if (!url) continue;
  const query = '{ partnerships(first: 1) { nodes { id } } }';
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = await answer.json();
  if (!data?.partnerships?.nodes?.length) throw new Error('The server that was built gives no answer.');
  server.kill('SIGTERM');
}
const [code] = await ended;
process.exit(code ?? 1);
