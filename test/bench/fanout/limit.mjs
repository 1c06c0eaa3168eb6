// The limit: a WebSocket server that sends the bytes of an event to all sockets in one loop, and does nothing else.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/** As many bytes as an event of ours. */
const EVENT_BYTES = Number(process.env.EVENT_BYTES);

const start = '{"id":"1","type":"next","payload":{"data":{"changes":{"cursor":"';
const event = Buffer.from(`${start}${'x'.repeat(Math.max(0, EVENT_BYTES - start.length - 5))}"}}}}`);
const answers = { connection_init: '{"type":"connection_ack"}', ping: '{"type":"pong"}' };

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', socket =>
  socket.on('message', data => {
    const answer = answers[JSON.parse(String(data)).type];
    if (answer) socket.send(answer);
  }),
);
process.on('message', what => {
  if (what === 'event') {
    for (const socket of sockets.clients) socket.send(event, { binary: false });
    return;
  }
  if (what !== 'cpu') globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send({ used: heapUsed + external, rss, followers: sockets.clients.size, cpu: (user + system) / 1_000 });
});
server.listen(0, '127.0.0.1', () => console.log(`The limit is at http://127.0.0.1:${server.address().port}/graphql, ready.`));
