import { once } from 'node:events';
import { WebSocket } from 'ws';
import { AccessKey, newKey } from '../../src/access/key.js';
import type { Scope } from '../../src/access/scope.js';
import type { Database } from '../../src/database/open.js';
import { serve } from '../../src/server/serve.js';
import type { Access } from '../../src/server/service.js';
import type { Json } from './calls.js';
import { openTestDatabase } from './database.js';
import { UNBOUNDED } from './protection.js';

/** A server with a register of its own, over all transports. */
export interface AccessServer {
  url: string;
  database: Database;
  close(): Promise<void>;
}

/** @param database One that stays the caller's to close; without it, a copy of the register that is closed with the server. */
export async function openAccessServer(
  access: Access = {},
  database?: Database,
  cacheBytes = 0,
): Promise<AccessServer> {
  const register = database ?? (await openTestDatabase());
  const options = { access, cacheBytes, protection: UNBOUNDED };
  const serving = await serve(register, '127.0.0.1', 0, console.error, options);
  const close = async () => {
    await serving.close();
    if (!database) await register.close();
  };
  return { url: serving.url, database: register, close };
}

/** Stores a new key, and gives its text. */
export async function storeKey(
  { em }: Database,
  scopes: Scope[],
  more: Partial<Pick<AccessKey, 'expiresAt' | 'revokedAt' | 'name' | 'authorities'>> = {},
): Promise<string> {
  const { id, hash, text } = newKey();
  await em.fork().insert(AccessKey, { id, hash, scopes, name: 'test', expiresAt: null, revokedAt: null, ...more });
  return text;
}

/** The id in the text of a key. */
export const keyId = (text: string) => text.split('_')[1] as string;

export const bearer = (key: string | undefined) => (key === undefined ? undefined : `Bearer ${key}`);

/** The response of a transport: results, or the status or close code of a rejection. */
export interface Outcome {
  refused?: number;
  data?: Json;
  errors?: Json[];
}

type Ask = (url: string, authorization: string | undefined, query: string, variables?: Json) => Promise<Outcome>;

const headers = (authorization: string | undefined) => ({
  'content-type': 'application/json',
  // The server is in this process: after a statement of the embedded database that blocks it for six seconds, it would close the
  // idle connection in the turn in which the next request is sent on it (ECONNRESET).
  connection: 'close',
  ...(authorization !== undefined && { authorization }),
});

/** One operation over each transport, as somebody. */
export const transports: Record<'HTTP' | 'SSE' | 'WebSocket', Ask> = {
  HTTP: async (url, authorization, query, variables) => {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers: headers(authorization), body });
    return outcome(response.status, await response.json());
  },
  SSE: async (url, authorization, query, variables) => {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${url}/graphql/stream`, { method: 'POST', headers: headers(authorization), body });
    const text = await response.text();
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
      return outcome(response.status, JSON.parse(text));
    }
    return outcome(response.status, JSON.parse(/^event: next\ndata: (.*)$/m.exec(text)?.[1] ?? 'null'));
  },
  WebSocket: async (url, authorization, query, variables) => {
    const socket = new Socket(url, authorization === undefined ? undefined : { authorization });
    if (!(await socket.ready)) return { refused: await socket.closed };
    socket.subscribe(query, variables);
    const message = await socket.next();
    socket.close();
    if (message.type === 'error') return { errors: message.payload };
    return outcome(200, message.payload);
  },
};

function outcome(status: number, { data, errors }: Json): Outcome {
  return { ...(status !== 200 && { refused: status }), ...(data != null && { data }), ...(errors && { errors }) };
}

/** A client of graphql-transport-ws that shows every message and close code. */
export class Socket {
  readonly #socket: WebSocket;
  readonly #messages: Json[] = [];
  #wake: () => void = () => undefined;
  /** True if the server acknowledged the connection; false if it closed it. */
  readonly ready: Promise<boolean>;
  /** The code that the server closes it with. */
  readonly closed: Promise<number>;

  constructor(url: string, connectionParams?: Json, upgradeHeaders: Record<string, string> = {}) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: upgradeHeaders,
    });
    this.closed = once(this.#socket, 'close').then(([code]) => code);
    this.#socket.on('message', data => {
      this.#messages.push(JSON.parse(String(data)));
      this.#wake();
    });
    this.#socket.once('open', () => this.#send({ type: 'connection_init', payload: connectionParams }));
    this.ready = Promise.race([
      this.next().then(({ type }) => type === 'connection_ack'),
      this.closed.then(() => false),
    ]);
  }

  #send(message: Json): void {
    this.#socket.send(JSON.stringify(message));
  }

  subscribe(query: string, variables?: Json): void {
    this.#send({ id: '1', type: 'subscribe', payload: { query, variables } });
  }

  /** The next message that is no ping. */
  async next(): Promise<Json> {
    for (;;) {
      const message = this.#messages.shift();
      if (message) return message;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  get waiting(): number {
    return this.#messages.length;
  }

  close(): void {
    this.#socket.close();
  }
}
