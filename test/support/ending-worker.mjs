// A worker that begins a file and ends in the middle, as one does that runs out of memory.
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';

async function* pieces() {
  yield Buffer.from('the first piece');
  await sleep(200);
  process.exit(1);
}

parentPort.on('message', () => {
  const stream = ReadableStream.from(pieces());
  parentPort.postMessage({ begun: { position: { id: 1, recordedAt: '2026-11-24T00:00:00.000Z' }, stream } }, [stream]);
});
