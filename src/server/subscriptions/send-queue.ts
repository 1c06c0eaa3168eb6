import type { WebSocket } from 'ws';

/** Messages wait while the socket has more than this to send. */
const MAX_UNSENT_BYTES = 256_000;

interface WaitingMessage {
  message: string;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Sends the messages of one socket. A client that does not read gets no copy of further events: up to twenty subscriptions
 * of a socket wait with an event that all sockets share.
 */
export class SendQueue {
  readonly #waiting: WaitingMessage[] = [];

  /** @param complete Returns a message as it is sent, in UTF-8; called when it is sent. */
  constructor(
    private readonly socket: WebSocket,
    private readonly complete: (message: string) => string | Buffer,
  ) {}

  /** Sends a message. Settles when the client has received it: a slow client delays only itself. */
  send(message: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject });
      if (this.#waiting.length === 1) this.#flush();
    });
  }

  readonly #flush = (): void => {
    const { socket } = this;
    while (this.#waiting.length && (socket.readyState !== socket.OPEN || socket.bufferedAmount <= MAX_UNSENT_BYTES)) {
      const { message, resolve, reject } = this.#waiting.shift() as WaitingMessage;
      if (socket.readyState !== socket.OPEN) resolve();
      else {
        socket.send(this.complete(message), { binary: false }, error => {
          if (error) reject(error);
          else resolve();
          this.#flush();
        });
      }
    }
  };
}
