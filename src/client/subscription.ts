import { type Client, createClient } from 'graphql-ws';
import type { Result } from './ask.js';
import type { Connection } from './connection.js';
import { type ChangeFilter, FollowChanges, type FollowChangesSubscription } from './generated/operations.js';

/** The interval of pings. A connection without a message for the other time, which is longer, died without a word. */
const PING_MS = 10_000;
const SILENCE_MS = 15_000;
/** Limits the time in which a connection is made. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Limits the changes that wait for the handler. Beyond it the subscription ends, and is opened again after them. */
const MAX_WAITING_CHANGES = 1_000;

/** A change of the log. */
export type Change = FollowChangesSubscription['changes'] & { cursor: string };

/** The end of a subscription: errors, a close event, or `undefined` if it is to be opened again at once. */
export interface End {
  end: unknown;
}

interface SubscriptionListener {
  /** Called when the connection is there. */
  onOpen(): void;
  /** Called for each answer to a ping. */
  onAlive(): void;
}

/** One subscription over one socket: changes wait here until they are read, one at a time. */
export class Subscription {
  readonly #changes: Change[] = [];
  readonly #client: Client;
  readonly #signal: AbortSignal | undefined;
  #end: End | undefined;
  #wake = () => {};
  #isConnected = false;
  #timeout: ReturnType<typeof setTimeout> | undefined;

  constructor(
    connection: Connection,
    after: string,
    filter: ChangeFilter | undefined,
    { onOpen, onAlive }: SubscriptionListener,
    signal: AbortSignal | undefined,
  ) {
    const url = new URL(connection.url);
    url.protocol = url.protocol.replace('http', 'ws');
    const expect = (milliseconds: number) => {
      clearTimeout(this.#timeout);
      if (!this.#end) this.#timeout = setTimeout(() => this.#client.terminate(), milliseconds);
    };
    this.#client = createClient({
      url: url.href,
      retryAttempts: 0,
      keepAlive: PING_MS,
      connectionParams: async () => {
        const { authorization, 'accept-language': acceptLanguage } = await connection.headers();
        return { authorization, acceptLanguage };
      },
      on: {
        connecting: () => expect(CONNECT_TIMEOUT_MS),
        connected: () => {
          this.#isConnected = true;
          onOpen();
        },
        // The answer to a ping waits behind changes, so that each message counts.
        message: () => expect(SILENCE_MS),
        pong: isReceived => {
          if (isReceived) onAlive();
        },
        // The package would connect again after 1000, with the cursor of the beginning.
        closed: event => this.#finish(event),
      },
    });
    const payload = { query: String(FollowChanges), variables: { after, filter } };
    this.#client.subscribe<FollowChangesSubscription>(payload, {
      next: result => this.#add(result as Result<FollowChangesSubscription>),
      error: reason => this.#finish(reason),
      complete: () => this.#finish(new Error('The register completed the subscription.')),
    });
    this.#signal = signal;
    signal?.addEventListener('abort', this.close);
  }

  /** Ends the subscription. */
  readonly close = (): void => this.#finish(undefined);

  /** Returns the next change, or the end after the last one. */
  async next(): Promise<Change | End> {
    while (!this.#changes.length && !this.#end) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    return this.#changes.shift() ?? (this.#end as End);
  }

  #add({ data, errors }: Result<FollowChangesSubscription>): void {
    if (this.#end) return;
    if (!data || errors) {
      this.#finish(errors);
      return;
    }
    this.#changes.push(data.changes as Change);
    if (this.#changes.length >= MAX_WAITING_CHANGES) this.#finish(undefined);
    this.#wake();
  }

  #finish(reason: unknown): void {
    if (this.#end) return;
    this.#end = { end: reason };
    clearTimeout(this.#timeout);
    this.#signal?.removeEventListener('abort', this.close);
    if (this.#isConnected) void this.#client.dispose();
    // To dispose of it would wait for the connection, as long as that takes.
    else this.#client.terminate();
    this.#wake();
  }
}
