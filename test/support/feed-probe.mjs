// Loaded into a server before it starts (node --expose-gc --import): answers what a test asks of it.
import 'reflect-metadata';
import { isMainThread } from 'node:worker_threads';

// The thread of the embedded database loads it, too.
if (isMainThread) {
  const [, main] = process.argv;
  const { ChangeStream } = await import(new URL('change/stream.js', `file://${main}`));
  const { start } = ChangeStream.prototype;
  let stream;
  ChangeStream.prototype.start = function () {
    stream = this;
    return start.call(this);
  };
  process.on('message', what => {
    // A collection costs more than what is to be measured.
    // The second one ends the release of the buffers of the first, which another thread does.
    if (what !== 'cpu') for (let count = 0; count < 2; count += 1) globalThis.gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    process.send({
      heap: heapUsed,
      used: heapUsed + external,
      rss,
      followers: stream.size,
      cpu: (user + system) / 1_000,
    });
  });
  process.channel.unref();
}
