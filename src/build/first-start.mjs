// Starts the built server and executes one query: it stores the code cache of V8 when it exits.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const { PATH } = process.env;
const server = spawn(process.execPath, ['dist/start.js'], {
  env: { PATH, HOST: '127.0.0.1', PORT: '0', DATA_DIR: 'memory', LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
// Also when the query fails.
process.once('exit', () => server.kill('SIGKILL'));
server.stdout.setEncoding('utf8');
const exit = once(server, 'exit');
for await (const text of server.stdout) {
  const url = /http:\/\/127[\d.:]{1,20}\/graphql/.exec(text)?.[0];
  if (!url) continue;
  const query = '{ partnerships(first: 1) { nodes { id } } }';
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = await response.json();
  if (!data?.partnerships?.nodes?.length) throw new Error('The built server did not return a record.');
  server.kill('SIGTERM');
}
const [code] = await exit;
process.exit(code ?? 1);
