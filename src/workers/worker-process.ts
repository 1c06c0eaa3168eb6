import cluster, { type Worker } from 'node:cluster';
import type { Counters } from '../limits/counters.js';
import type { ProcessMetrics, RenderedMetrics } from '../server/observability/render-metrics.js';
import { Channel, type Message } from './channel.js';
import { watchLiveness } from './liveness.js';
import type { MeasuredWorker } from './merged-metrics.js';
import { WorkerCounters } from './worker-counters.js';

/** The parts of the primary that a worker uses. */
export interface PrimaryParts {
  /** The number of workers. */
  count: number;
  counters: Counters;
  renderMetrics(): Promise<RenderedMetrics>;
  /** Called with the last metrics of a worker, before it exits. */
  recordMetrics(worker: number, metrics: ProcessMetrics): void;
  /** Called once, before a worker is killed that hangs. */
  onHang(worker: number): void;
}

/** The end of a worker. */
interface WorkerEnd {
  /** Completes the sentence "The worker ended …". */
  how: string;
  /** True also for one that was killed by order before it was ready: it had no request. */
  isSuccess: boolean;
  /** False if it ended by itself or was killed by others. */
  wasTold: boolean;
}

/** A worker, as the primary has it. */
export class WorkerProcess implements MeasuredWorker {
  readonly #worker: Worker;
  readonly #channel: Channel;
  /** Resolves with the address when the worker accepts connections; undefined if it ended before. */
  readonly ready: Promise<string | undefined>;
  readonly ended: Promise<WorkerEnd>;
  #state: 'starting' | 'ready' | 'ending' = 'starting';
  #endedAtStart = false;

  /** Starts a process, which reads the build on the disk. */
  constructor({ count, counters, renderMetrics, recordMetrics, onHang }: PrimaryParts) {
    // `auto` must not be another number for a later worker.
    const worker = cluster.fork({ WORKERS: String(count) });
    this.#worker = worker;
    const workerCounters = new WorkerCounters(counters);
    let onReady = (_url: string | undefined) => {};
    this.ready = new Promise(resolve => {
      onReady = resolve;
    });
    // With a callback a process that has ended is no error.
    this.#channel = new Channel(message => worker.send(message, () => undefined), {
      ...workerCounters.methods,
      renderMetrics,
      recordMetrics: (metrics: ProcessMetrics) => recordMetrics(worker.id, metrics),
      ready: (url: string) => {
        if (this.#state === 'starting') this.#state = 'ready';
        onReady(url);
      },
    });
    worker.on('message', (message: Message) => this.#channel.receive(message));
    const onUnanswered = () => {
      onHang(worker.id);
      worker.process.kill('SIGKILL');
    };
    // From the start on: one that hangs before it is ready would end no reload, and be replaced by none.
    worker.once(
      'exit',
      watchLiveness(() => this.#channel.call('ping'), onUnanswered),
    );
    closeLostConnection(worker);
    this.ended = new Promise(resolve => {
      const onEnd = (how: string, isSuccess: boolean) => {
        const wasTold = this.#state === 'ending';
        this.#state = 'ending';
        workerCounters.end();
        this.#channel.close(new Error('The worker has ended.'));
        onReady(undefined);
        resolve({ how, isSuccess: isSuccess || this.#endedAtStart, wasTold });
      };
      worker.once('exit', (code, signal) => onEnd(signal ? `by ${signal}` : `with code ${code}`, code === 0));
      // A process that the system could not create, as at its limit of processes, has no exit.
      worker.on('error', (error: NodeJS.ErrnoException) => {
        if (worker.process.pid === undefined) onEnd(`with ${error.code}`, false);
      });
    });
  }

  get id(): number {
    return this.#worker.id;
  }

  /** True while the worker accepts connections. */
  get isReady(): boolean {
    return this.#state === 'ready';
  }

  readMetrics(): Promise<ProcessMetrics> {
    return this.#channel.call('readMetrics');
  }

  /** Tells the worker to end: `drain` if another one has replaced it, `stop` if the instance ends. */
  end(how: 'drain' | 'stop'): void {
    // One that starts has no request, and does not listen yet.
    const isStarting = this.#state === 'starting';
    this.#state = 'ending';
    this.#endedAtStart ||= isStarting;
    if (isStarting) this.kill();
    else this.#channel.notify('end', how);
  }

  kill(): void {
    this.#state = 'ending';
    this.#worker.process.kill('SIGKILL');
  }
}

/**
 * Closes the connection that a worker was given but did not take before it was killed, so that its client connects again.
 * Node forgets it, and the client would wait for ever: `handoff` in lib/internal/cluster/round_robin_handle.js. A worker
 * is given the next one when it has answered for the last, which Node then closes, or deals to another worker.
 */
function closeLostConnection(worker: Worker): void {
  const { process } = worker;
  // One that could not be created has no channel.
  if (!process.connected) return;
  const send = process.send.bind(process) as (...args: unknown[]) => boolean;
  let lastConnection: { close(): void } | undefined;
  process.send = (...args: unknown[]) => {
    const [message, handle] = args as [{ act?: string }, { close(): void }?];
    if (message.act === 'newconn') lastConnection = handle;
    return send(...args);
  };
  // Before Node, which gives the next one at once.
  process.prependListener('internalMessage', ({ accepted }: { accepted?: boolean }) => {
    if (accepted !== undefined) lastConnection = undefined;
  });
  worker.once('exit', () => lastConnection?.close());
}
