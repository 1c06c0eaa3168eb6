// Serves the register and three partners as one graph behind Hive Gateway: `npm run supergraph`. PORT is 4001 by default.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';
import { loadGraphiql } from '../../dist/server/graphiql.js';
import { openHiveGateway, supergraphOf } from './gateways.mjs';
import { museums } from './partners/museums.ts';
import { population } from './partners/population.ts';
import { servePartner } from './partners/serve.ts';
import { trade } from './partners/trade.ts';

const EXAMPLE =
  '{ mostPopulous { name population exhibitions { title } partnerships { nodes { chinese { name } trade { exportsEur } } } } }';
const secret = randomUUID();

/** Starts the built register on a free port, with a secret for this gateway and an in-memory database. */
async function startRegister() {
  const env = { ...process.env, PORT: '0', DATA_DIR: 'memory', ROUTER_SECRET: secret };
  const server = spawn(process.execPath, [fileURLToPath(new URL('../../dist/start.js', import.meta.url))], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const [url] = /http:\S+\/graphql/.exec(line) ?? [];
    if (url) return { server, url };
  }
  throw new Error('The register did not start.');
}

/** Returns the SDL that the register publishes to gateways. */
async function fetchSdl(url) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'router-authorization': secret },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const { data } = await response.json();
  return parse(data._service.sdl);
}

const [{ server, url }, graphiql, ...partners] = await Promise.all([
  startRegister(),
  loadGraphiql(),
  ...[population, trade, museums].map(servePartner),
]);
const supergraph = supergraphOf([{ name: 'register', url, typeDefs: await fetchSdl(url) }, ...partners]);
const gateway = await openHiveGateway(supergraph, {
  secret,
  port: Number(process.env.PORT || 4001),
  // The GraphiQL page of the register, which loads nothing from other hosts.
  front({ method, headers, url = '/' }, response) {
    if (method !== 'GET') return false;
    if (graphiql.asset(url.split('?', 1)[0], response)) return true;
    if (!/\btext\/html\b/.test(headers.accept ?? '')) return false;
    graphiql.page(response);
    return true;
  },
});
console.log(`The register, population, trade and museums as one graph, with GraphiQL: ${gateway.url}`);
console.log(`Example query: ${EXAMPLE}`);

await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(server, 'exit')]);
await gateway.close();
await Promise.all(partners.map(partner => partner.close()));
if (server.exitCode === null) {
  server.kill();
  await once(server, 'exit');
}
