import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import type { Json } from './calls.js';

/** A delivery as a receiver has it. */
export interface Received {
  id: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** The body, parsed as a CloudEvent. */
  event: Json;
}

type Answer = { status: number; headers?: Record<string, string> } | undefined;

/** Answers a delivery, at once or later: a status with headers, or nothing, which lets the request hang. */
export type Behave = (received: Received) => Answer | Promise<Answer>;

/** A receiver of webhooks on loopback. */
export interface Receiver {
  url: string;
  /** The deliveries that were answered with a status from 200 to 299. */
  accepted: Received[];
  /** All deliveries. */
  received: Received[];
  /** The methods of all requests. */
  methods: string[];
  /** May be replaced at any time. */
  behave: Behave;
  /** The headers of the answer to OPTIONS. */
  permission: Record<string, string>;
  close(): Promise<void>;
}

/** The body as text: signatures are of these bytes. */
async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

export async function openReceiver(behave: Behave = () => ({ status: 204 })): Promise<Receiver> {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    receiver.methods.push(request.method ?? '');
    if (request.method === 'OPTIONS') {
      response.writeHead(200, receiver.permission).end();
      return;
    }
    const body = await textOf(request);
    const headers = request.headers as Record<string, string>;
    const event = JSON.parse(JSON.stringify(HTTP.toEvent({ headers, body })));
    const received = { id: headers['webhook-id'] ?? '', path: request.url ?? '', headers, body, event };
    receiver.received.push(received);
    const answer = await receiver.behave(received);
    if (!answer) return;
    if (answer.status >= 200 && answer.status < 300) receiver.accepted.push(received);
    response.writeHead(answer.status, answer.headers).end();
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    accepted: [],
    received: [],
    methods: [],
    behave,
    permission: { 'webhook-allowed-origin': '*', 'webhook-allowed-rate': '*' },
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  return receiver;
}

/** Verifies a delivery with the package of Standard Webhooks; throws if the signature is wrong. */
export function verify(secret: string, { body, headers }: Received): void {
  new Webhook(secret).verify(body, headers);
}
