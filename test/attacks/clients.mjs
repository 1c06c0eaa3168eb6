// Twenty ordinary clients of one server, each asking a little at a time. The parent asks how they fare.
import { Agent, request } from 'node:http';

const url = new URL(process.argv[2]);
const CLIENTS = 20;
/** Between an answer and the next question, in milliseconds. */
const PAUSE = 150;
const BODY = JSON.stringify({
  query: '{ partnerships(first: 5) { nodes { id startedOn dutch { name } chinese { name(language: ZH) } } } }',
});
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
let latencies = [];
let failed = [];

function ask() {
  const start = performance.now();
  const again = () => setTimeout(ask, PAUSE);
  const post = request(
    {
      agent,
      host: url.hostname,
      port: url.port,
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': BODY.length },
    },
    response => {
      if (response.statusCode !== 200) failed.push(response.statusCode);
      response.resume();
      response.once('end', () => {
        latencies.push(performance.now() - start);
        again();
      });
    },
  );
  post.once('error', error => {
    failed.push(error.message);
    again();
  });
  post.end(BODY);
}

for (let i = 0; i < CLIENTS; i += 1) setTimeout(ask, (i * PAUSE) / CLIENTS);
process.on('message', () => {
  const sorted = latencies.sort((a, b) => a - b);
  process.send({ p99: sorted[Math.floor(sorted.length * 0.99)], answered: sorted.length, failed });
  latencies = [];
  failed = [];
});
