// Loaded into a server before it starts (node --expose-gc --import): samples its memory, and answers with its peaks.
import { isMainThread } from 'node:worker_threads';

const INTERVAL_MS = 10;

let [peakRss, peakHeap] = [0, 0];
const sample = () => {
  const { rss, heapUsed } = process.memoryUsage();
  peakRss = Math.max(peakRss, rss);
  peakHeap = Math.max(peakHeap, heapUsed);
  return { rss, heap: heapUsed, peakRss, peakHeap };
};
// The thread of the embedded database loads it, too.
if (isMainThread) {
  setInterval(sample, INTERVAL_MS).unref();
  process.on('message', what => {
    if (what === 'start') {
      globalThis.gc();
      [peakRss, peakHeap] = [0, 0];
    }
    process.send(sample());
  });
  process.channel.unref();
}
