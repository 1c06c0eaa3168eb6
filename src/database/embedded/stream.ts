import { Duplex } from 'node:stream';

/** A connection to the embedded database, with the methods of a socket that the driver calls. */
export class BackendStream extends Duplex {
  /** @param send Called with whole messages; each call is answered by one of `receive`. A throw breaks the connection. */
  constructor(private readonly send: (stream: BackendStream, messages: Uint8Array<ArrayBuffer>) => void) {
    super();
  }

  receive(messages: Uint8Array): void {
    // The end of a connection has no response.
    if (messages.length > 0 && !this.destroyed) this.push(messages);
  }

  connect(): void {
    process.nextTick(() => this.emit('connect'));
  }

  setNoDelay(): void {}

  setKeepAlive(): void {}

  ref(): void {}

  unref(): void {}

  override _read(): void {}

  override _write(chunk: Buffer, _: string, done: (error?: Error) => void): void {
    try {
      // A copy, because the driver writes each message into the same buffer.
      this.send(this, new Uint8Array(chunk));
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), '', done);
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }
}
