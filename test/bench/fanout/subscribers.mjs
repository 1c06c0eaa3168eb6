// A process full of subscribers: says when all have sent their subscription, and of each event when the last of them has it.
// Arguments: the address, the number of subscribers, the number of the first, and the mode of the benchmark.
import { WebSocket } from 'ws';

const [, , url, count, first, mode] = process.argv;
const total = Number(count);
const received = [];
const now = () => performance.timeOrigin + performance.now();

const query = `subscription ($filter: ChangeFilter) { changes(filter: $filter) {
  cursor kind recordedAt actor reason subjectType subjectId
  fields { field before after } subject { id ... on Organisation { name version } } } }`;

function countEvent(event, text) {
  received[event] ??= { count: 0, failed: 0 };
  const state = received[event];
  state.count += 1;
  if (!text.includes('"changes":{"cursor"') || text.includes('"errors"')) state.failed += 1;
  if (state.count === total) process.send({ event, at: now(), failed: state.failed });
}

const connect = number =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    const other = mode === 'each' ? Number(first) + number : 0;
    const variables = { filter: { subjectIds: ['org-vng', `org-${other}`] } };
    let events = 0;
    socket.on('error', reject);
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', data => {
      const text = String(data);
      if (text.startsWith('{"type":"connection_ack"')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
        // Answered after the subscription was read, maybe before it follows.
        socket.send('{"type":"ping"}');
      } else if (text === '{"type":"pong"}') resolve();
      else {
        countEvent(events, text);
        events += 1;
      }
    });
  });

for (let number = 0; number < total; number += 100) {
  await Promise.all(Array.from({ length: Math.min(100, total - number) }, (_, n) => connect(number + n)));
}
process.send('connected');
