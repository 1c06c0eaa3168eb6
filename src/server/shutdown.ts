import type { Server } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Limits the wait for requests in flight at shutdown. */
const SHUTDOWN_GRACE_MS = 5_000;

/** Limits the wait for requests in flight of a worker that is replaced: an export takes ten minutes at most. */
const MAX_DRAIN_MS = 660_000;

/** The parts that end with a server. */
interface Endings {
  /** Ends sockets and streams, whose clients connect again. */
  endStreams(): Promise<unknown>;
  /** Called once all connections are closed. */
  release(): Promise<void>;
}

/** Ends a server: `close` at once, for a process that ends, or `drain`, for a worker that another one has replaced. */
export class Shutdown {
  #isClosing = false;
  #isStopping = false;
  #closed: Promise<unknown> | undefined;
  #ended: Promise<void> | undefined;

  constructor(
    private readonly server: Server,
    private readonly delayMs: number,
    private readonly endings: Endings,
  ) {}

  /** True from the moment on that every response asks the client to connect again. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** True if no process goes on serving at this address. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /**
   * Closes the port after the delay, waits for requests in flight, and cuts off the rest after five seconds. With a delay, a
   * connection that is idle stays open until then, or until it times out: a request may be on its way, which would fail.
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#isStopping = true;
    const keepsIdle = this.delayMs > 0 && !this.#closed;
    if (keepsIdle) await sleep(this.delayMs);
    // Closes connections that become idle during the shutdown.
    const idle = keepsIdle ? undefined : setInterval(() => this.server.closeIdleConnections(), 20);
    // A closing server no longer times out clients: half a request would delay it without end.
    const timeout = setTimeout(() => this.server.closeAllConnections(), SHUTDOWN_GRACE_MS);
    await this.#end(this.#closePort(keepsIdle));
    clearTimeout(timeout);
    clearInterval(idle);
  }

  /**
   * Closes the port, and waits for all requests. An idle connection stays open until the server ends it anyway, as after
   * each response: a request may be on its way, which would fail. The next response on it asks the client to connect again.
   */
  async drain(): Promise<void> {
    this.#isClosing = true;
    setTimeout(() => this.server.closeAllConnections(), MAX_DRAIN_MS).unref();
    await this.#end(this.#closePort(true));
  }

  /** Closes the port, once. `close` of an HTTP server closes idle connections with it. */
  #closePort(keepsIdle: boolean): Promise<unknown> {
    const { close }: Pick<TcpServer, 'close'> = keepsIdle ? TcpServer.prototype : this.server;
    this.#closed ??= new Promise(resolve => close.call(this.server, resolve));
    return this.#closed;
  }

  #end(closed: Promise<unknown>): Promise<void> {
    this.#ended ??= Promise.all([closed, this.endings.endStreams()]).then(() => this.endings.release());
    return this.#ended;
  }
}
