/** A method that the other process may call. Arguments and result are sent as JSON. */
// biome-ignore lint/suspicious/noExplicitAny: each side declares the types of its calls.
export type Methods = Readonly<Record<string, (...args: any[]) => unknown>>;

/** A call, with an id if it is answered. */
interface Call {
  call: string;
  args: unknown[];
  id?: number;
}

/** The answer to a call: a result, or the message of an error. */
type Answer = { answer: number; result?: unknown; error?: string };

/** Packets of one turn of the event loop: a process that answers many requests sends few messages. */
export interface Message {
  packets: (Call | Answer)[];
}

/** Calls between the primary and one worker. */
export class Channel {
  readonly #send: (message: Message) => void;
  readonly #methods: Methods;
  readonly #pending = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #outbox: (Call | Answer)[] = [];
  #lastId = 0;
  #closedBy: Error | undefined;

  /**
   * @param send Must not throw, nor tell if the other process has ended: then `close` is called.
   * @param methods Those that the other process may call.
   */
  constructor(send: (message: Message) => void, methods: Methods) {
    this.#send = send;
    this.#methods = methods;
  }

  /** Calls a method of the other process. Rejects if that throws, or if the channel is closed meanwhile. */
  call<Result>(method: string, ...args: unknown[]): Promise<Result> {
    if (this.#closedBy) return Promise.reject(this.#closedBy);
    this.#lastId += 1;
    const id = this.#lastId;
    this.#post({ call: method, args, id });
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
    });
  }

  /** Calls a method of the other process without an answer. */
  notify(method: string, ...args: unknown[]): void {
    if (!this.#closedBy) this.#post({ call: method, args });
  }

  /** Called with each message of the other process. Once the channel is closed, they are ignored. */
  receive({ packets }: Message): void {
    if (this.#closedBy) return;
    for (const packet of packets) {
      if ('call' in packet) void this.#run(packet);
      else this.#settle(packet);
    }
  }

  /** Rejects all calls that have no answer, and each further one. */
  close(reason: Error): void {
    this.#closedBy = reason;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }

  async #run({ call, args, id }: Call): Promise<void> {
    try {
      const result = await this.#methods[call]?.(...args);
      if (id !== undefined) this.#post({ answer: id, result });
    } catch (error) {
      if (id !== undefined) this.#post({ answer: id, error: String(error) });
    }
  }

  #settle({ answer, result, error }: Answer): void {
    const call = this.#pending.get(answer);
    this.#pending.delete(answer);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  }

  #post(packet: Call | Answer): void {
    if (this.#outbox.length === 0) {
      setImmediate(() => {
        const packets = this.#outbox;
        this.#outbox = [];
        if (!this.#closedBy) this.#send({ packets });
      });
    }
    this.#outbox.push(packet);
  }
}
