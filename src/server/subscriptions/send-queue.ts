import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** Messages wait while the socket has more than this to send. */
const MAX_UNSENT_BYTES = 256_000;
/** As many messages wait: one of each operation, and replies to pings. A client may send pings without reading the replies. */
const MAX_WAITING = 64;
const NO_BYTES = Buffer.alloc(0);

interface WaitingFrame {
  frame: Buffer;
  onSent: () => void;
}

/**
 * Sends the messages of one socket. A client that does not read gets no copy of further events: up to twenty subscriptions
 * of a socket wait with an event that all sockets share.
 */
export class SendQueue {
  readonly #waiting: WaitingFrame[] = [];
  /** Called when the socket has nothing left to send. */
  readonly #onDrained: (() => void)[] = [];

  /**
   * @param connection Carries the frames of the socket.
   * @param onFull Closes the socket, to which more messages wait than it may have.
   */
  constructor(
    private readonly socket: WebSocket,
    private readonly connection: Duplex,
    private readonly onFull: () => void,
  ) {
    socket.once('close', this.#flush);
  }

  /**
   * Sends a message, as its frame. Returns a promise if the socket could not send all of it at once, which settles when it
   * has, or is closed: a slow client delays only itself.
   */
  send(frame: Buffer): Promise<void> | undefined {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return undefined;
    // Replies to pings of the protocol, which are not sent here, call nothing when they are sent: a message does not wait for them.
    if (this.#onDrained.length && (this.#waiting.length || socket.bufferedAmount > MAX_UNSENT_BYTES)) {
      if (this.#waiting.length === MAX_WAITING) {
        this.onFull();
        return undefined;
      }
      return new Promise(onSent => {
        this.#waiting.push({ frame, onSent });
      });
    }
    this.connection.write(frame);
    // Most are sent at once, and need no callback: thousands of sockets would each call one per event.
    if (socket.bufferedAmount === 0) return undefined;
    this.connection.write(NO_BYTES, this.#flush);
    return new Promise(resolve => this.#onDrained.push(resolve));
  }

  /** Called when a message was sent, or could not be, and when the socket is closed. */
  readonly #flush = (): void => {
    if (this.#onDrained.length === 0) return;
    const { socket } = this;
    const isOpen = socket.readyState === socket.OPEN;
    while (this.#waiting.length && (!isOpen || socket.bufferedAmount <= MAX_UNSENT_BYTES)) {
      const { frame, onSent } = this.#waiting.shift() as WaitingFrame;
      this.#onDrained.push(onSent);
      if (isOpen) this.connection.write(frame, this.#flush);
    }
    if (!isOpen || socket.bufferedAmount === 0) for (const resolve of this.#onDrained.splice(0)) resolve();
  };
}
