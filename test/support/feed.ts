import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { EventResult } from '../../src/server/subscriptions/event-results.js';
import type { SharedEvents } from '../../src/server/subscriptions/shared-events.js';
import type { Json } from './calls.js';

/** Opens the feed with a key that may do everything. */
export const KEY = 'feed-test-key-0123456789';

/** All that the log says of a change. */
export const CHANGE = 'cursor kind recordedAt actor reason subjectType subjectId fields { field before after }';
export const FOLLOW = `subscription($after: ChangeCursor) { changes(after: $after) { ${CHANGE} } }`;

/** The place of a change in the log, from its cursor. */
export const idOf = (cursor: string): number => Number(/^(\d{10})-/.exec(cursor)?.[1]);
/** A cursor of an older version, which had no mark. */
export const unmarkedCursorOf = (id: number): string => Buffer.from(`change-${id}`).toString('base64url');

export const sleep = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));
export const random = (below: number): number => Math.floor(Math.random() * below);

/** Resolves as soon as a condition holds. The time limit only tells a hang from a slow machine: it asserts no speed. */
export async function until(what: string, holds: () => unknown, within = 50_000): Promise<void> {
  const end = Date.now() + within;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`After ${within} ms it still did not hold that ${what}.`);
    await sleep(10);
  }
}

/** Returns the first event of a subscription, and ends it. */
export const firstEvent = (events: SharedEvents): Promise<EventResult> =>
  new Promise((resolve, reject) => {
    const take = (event: EventResult) => {
      events.end();
      resolve(event);
      return undefined;
    };
    events.sendTo(take).catch(reject);
  });

/** Asks over HTTP, as somebody who may do everything. */
export async function ask(
  url: string,
  query: string,
  variables: Json = {},
  more: Record<string, string> = {},
): Promise<Json> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}`, ...more },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Json;
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** All changes after a place, as pages give them. */
export async function pagesAfter(url: string, after: string): Promise<Json[]> {
  const query = `query($after: ChangeCursor) { changes(first: 100, after: $after) {
    nodes { ${CHANGE} } pageInfo { hasNextPage endCursor } } }`;
  const all: Json[] = [];
  for (let place = after; ; ) {
    const { nodes, pageInfo } = (await ask(url, query, { after: place })).changes;
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    place = pageInfo.endCursor;
  }
}

export const latest = async (url: string): Promise<string> =>
  (await ask(url, '{ latestChangeCursor }')).latestChangeCursor;

/** One subscription over one connection: settles when it ends, throws when it breaks. */
export type Connect = (
  url: string,
  after: string | undefined,
  onChange: (change: Json) => void,
  signal: AbortSignal,
  query?: string,
) => Promise<void>;

export const overWebSocket: Connect = async (url, after, onChange, signal, query = FOLLOW) => {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const results = client.iterate<Json>({ query, ...(after !== undefined && { variables: { after } }) });
  const stop = () => void results.return?.();
  signal.addEventListener('abort', stop);
  try {
    for await (const { data, errors } of results) {
      if (errors) throw new Error(JSON.stringify(errors));
      onChange(data.changes);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await client.dispose();
  }
};

/** The events of a stream, as a browser reads them: an event that is cut in the middle is none. */
export async function* eventsOf(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ event: string; data: string; id?: string }> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
    text = blocks.pop() as string;
    for (const block of blocks) {
      const fields = block.split('\n').map(line => line.split(/: ?(.*)/s, 2) as [string, string]);
      const { event, data = '', id } = Object.fromEntries(fields);
      if (event) yield { event, data, ...(id !== undefined && { id }) };
    }
  }
}

/** All events of a stream that ends. */
export async function allEventsOf({ body }: Response): Promise<{ event: string; data: string; id?: string }[]> {
  const events = [];
  for await (const event of eventsOf(body as unknown as AsyncIterable<Uint8Array>)) events.push(event);
  return events;
}

export const overEvents: Connect = async (url, after, onChange, signal, query = FOLLOW) => {
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...(after !== undefined && { 'last-event-id': after }),
    },
    body: JSON.stringify({ query }),
    signal,
  });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  for await (const { event, data, id } of eventsOf(response.body as unknown as AsyncIterable<Uint8Array>)) {
    if (event !== 'next') throw new Error(`${event} ${data}`);
    const result = JSON.parse(data);
    if (result.errors) throw new Error(data);
    if (id !== result.data.changes.cursor) throw new Error(`The id ${id} is not the cursor of ${data}`);
    onChange(result.data.changes);
  }
};

/** Somebody who follows the feed and resumes with the last cursor whenever the connection breaks. */
export interface Following {
  changes: Json[];
  /** Number of reconnections. */
  resumed: number;
  /** Why, most recently. */
  reason: unknown;
  stop(): Promise<void>;
}

export function followAlways(over: Connect, url: string, after: string | undefined, query?: string): Following {
  const control = new AbortController();
  const following: Following = {
    changes: [],
    resumed: 0,
    reason: undefined,
    stop: async () => {
      control.abort();
      await running;
    },
  };
  let cursor = after;
  const onChange = (change: Json) => {
    cursor = change.cursor;
    following.changes.push(change);
  };
  const run = async () => {
    while (!control.signal.aborted) {
      await over(url, cursor, onChange, control.signal, query).catch(error => {
        following.reason = error;
      });
      if (control.signal.aborted) return;
      following.resumed += 1;
      await sleep(5);
    }
  };
  const running = run();
  return following;
}

/** Limits the wait for traffic before a connection is cut, so that the cut falls into a message where possible. */
const MAX_WAIT_MS = 100;

/** A way to a server that can be cut, in the middle of whatever is on its way. */
export interface Cuttable {
  url: string;
  /** Cuts all connections, half of them as soon as something comes, in the middle of it. */
  cut(): Promise<void>;
  /**
   * Cuts each connection that is opened from now on, within so many milliseconds; 0 ends it. Cuts that wait for a
   * connection would hit it before it is of use, and a client that never succeeds waits longer and longer.
   */
  cutWithin(maxMs: number): void;
  close(): Promise<void>;
}

interface Pair {
  client: Socket;
  server: Socket;
  torn: boolean;
}

export async function cuttable(target: string): Promise<Cuttable> {
  const { hostname, port } = new URL(target);
  const open = new Set<Pair>();
  let maxLifeMs = 0;
  const tear = (pair: Pair) => {
    pair.torn = true;
    setTimeout(() => pair.client.destroy(), random(2) * MAX_WAIT_MS);
  };
  const proxy = createServer(client => {
    const server = connect(Number(port), hostname);
    const pair = { client, server, torn: false };
    open.add(pair);
    const end = () => {
      open.delete(pair);
      client.destroy();
      server.destroy();
    };
    client.on('data', data => server.write(data));
    server.on('data', data => {
      client.write(pair.torn ? data.subarray(0, random(data.length)) : data);
      if (pair.torn) client.end(end);
    });
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    if (maxLifeMs) setTimeout(() => tear(pair), random(maxLifeMs));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cut: async () => {
      while (open.size === 0) await sleep(5);
      for (const pair of open) tear(pair);
    },
    cutWithin: maxMs => {
      maxLifeMs = maxMs;
    },
    close: async () => {
      for (const { client } of open) client.destroy();
      proxy.close();
    },
  };
}
