import { setTimeout as sleep } from 'node:timers/promises';
import { LocalCounters } from '../limits/counters.js';
import type { Logger } from '../server/observability/logger.js';
import { MergedMetrics } from './merged-metrics.js';
import { MAX_FAILED_STARTS, ReplacementPolicy } from './replacement.js';
import { WorkerProcess } from './worker-process.js';

/** At a reload the next worker is replaced when the previous one has ended, at the latest after this time. */
const DRAIN_WAIT_MS = 15_000;

/** The workers of an instance: starts, replaces, reloads and ends them. */
export class Workers {
  readonly #count: number;
  readonly #log: Logger;
  readonly #onFailure: () => void;
  readonly #counters = new LocalCounters();
  readonly #policy = new ReplacementPolicy();
  readonly #running = new Set<WorkerProcess>();
  readonly #metrics = new MergedMetrics(() => [...this.#running]);
  #isStopping = false;
  #reloading: Promise<void> | undefined;
  #reloadAgain = false;
  /** The worker whose successor is starting. */
  #beingReplaced: WorkerProcess | undefined;

  /** @param onFailure Called once, when workers end again and again before they are ready. */
  constructor(count: number, log: Logger, onFailure: () => void) {
    this.#count = count;
    this.#log = log;
    this.#onFailure = onFailure;
  }

  /**
   * Starts all workers. Resolves with the address when all accept connections; undefined if one ended before. The first
   * starts alone: if it cannot, no other one repeats the reason.
   */
  async start(): Promise<string | undefined> {
    const first = this.#add();
    const url = await first.ready;
    if (url === undefined) return undefined;
    const others = Array.from({ length: this.#count - 1 }, () => this.#add());
    const urls = await Promise.all(others.map(({ ready }) => ready));
    if (urls.includes(undefined)) return undefined;
    for (const worker of [first, ...others]) this.#watch(worker);
    return url;
  }

  /** Replaces all workers, one after the other. Called meanwhile, it does so once more. */
  reload(): Promise<void> {
    this.#reloadAgain = this.#reloading !== undefined;
    this.#reloading ??= this.#replaceAll().finally(() => {
      this.#reloading = undefined;
      if (this.#reloadAgain && !this.#isStopping) void this.reload();
    });
    return this.#reloading;
  }

  /** Ends all workers, and kills those that have not ended after the time. Resolves to true if none was killed or failed. */
  async stop(timeoutMs: number): Promise<boolean> {
    this.#isStopping = true;
    const workers = [...this.#running];
    for (const worker of workers) worker.end('stop');
    const timeout = setTimeout(() => {
      for (const worker of this.#running) worker.kill();
    }, timeoutMs);
    const ends = await Promise.all(workers.map(({ ended }) => ended));
    clearTimeout(timeout);
    return ends.every(({ isSuccess }) => isSuccess);
  }

  #add(): WorkerProcess {
    const worker = new WorkerProcess({
      count: this.#count,
      counters: this.#counters,
      renderMetrics: () => this.#metrics.render(),
      recordMetrics: (id, metrics) => this.#metrics.record(id, metrics),
      onHang: id => this.#log(`worker ${id} has not answered the primary for half a minute; it is killed`),
    });
    this.#running.add(worker);
    void worker.ended.then(() => {
      this.#running.delete(worker);
      this.#metrics.retire(worker.id);
    });
    return worker;
  }

  /** Replaces a worker if it ends without an order. */
  async #watch(worker: WorkerProcess): Promise<void> {
    const wasReady = (await worker.ready) !== undefined;
    if (wasReady) this.#policy.onReady();
    const { how, wasTold } = await worker.ended;
    if (this.#isStopping || wasTold) return;
    this.#metrics.countExit();
    if (worker === this.#beingReplaced) {
      this.#log(`worker ${worker.id} ended ${how}; its successor starts`);
      return;
    }
    const delay = this.#policy.delayAfterExit(wasReady);
    const text = `worker ${worker.id} ended ${how}${wasReady ? '' : ' before it was ready'}`;
    if (delay === undefined) {
      this.#log(`${text}, as the ${MAX_FAILED_STARTS - 1} before it; the server stops`);
      return this.#onFailure();
    }
    this.#log(`${text}; it is replaced`);
    await sleep(delay);
    if (!this.#isStopping) void this.#watch(this.#add());
  }

  async #replaceAll(): Promise<void> {
    this.#log.info?.('the workers are replaced');
    for (const old of [...this.#running]) {
      // One that starts may have read the build before the reload.
      await old.ready;
      if (this.#isStopping) return;
      // One that has ended is replaced by `#watch`.
      if (!old.isReady) continue;
      this.#beingReplaced = old;
      const successor = this.#add();
      const isReady = (await successor.ready) !== undefined;
      this.#beingReplaced = undefined;
      if (!isReady) {
        if (this.#isStopping) return;
        if (!this.#running.has(old)) void this.#watch(this.#add());
        const { how } = await successor.ended;
        this.#log(`the reload ended: worker ${successor.id} ended ${how} before it was ready; the others go on`);
        return;
      }
      void this.#watch(successor);
      old.end('drain');
      const waited = new AbortController();
      await Promise.race([
        old.ended,
        sleep(DRAIN_WAIT_MS, undefined, { signal: waited.signal }).catch(() => undefined),
      ]);
      waited.abort();
    }
    if (!this.#isStopping) this.#log.info?.('the workers were replaced');
  }
}
