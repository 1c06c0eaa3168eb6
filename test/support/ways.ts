import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Json } from './calls.js';

/** A request, as every transport takes it. */
export type Body = { query: string; operationName?: unknown; variables?: Json };

export const ROUTER_SECRET = 'secret of the router';

/** Returns an answer without the state of the register, which a GET about the present has in a header only. */
const withoutState = ({ extensions: { register: _, ...others } = {} as Json, ...answer }: Json): Json =>
  Object.keys(others).length ? { ...answer, extensions: others } : answer;

const json = async (response: Response) => withoutState(await response.json());

/** Every way in which an operation can be asked for. */
export function waysOf(url: () => string): Record<string, (body: Body) => Promise<Json>> {
  const post = (body: object, headers = {}) =>
    fetch(`${url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }).then(json);
  return {
    POST: body => post(body),
    'POST with extensions, which Apollo reads': body => post({ ...body, extensions: {} }),
    'a router that traces': body =>
      post(body, { 'router-authorization': ROUTER_SECRET, 'apollo-federation-include-trace': 'ftv1' }),
    'a GET': ({ query, operationName, variables }) => {
      const search = new URLSearchParams({
        query,
        ...(operationName != null && { operationName: `${operationName}` }),
        ...(variables && { variables: JSON.stringify(variables) }),
      });
      return fetch(`${url()}/graphql?${search}`, { headers: { 'apollo-require-preflight': '1' } }).then(json);
    },
    'server-sent events': async body => {
      const response = await fetch(`${url()}/graphql/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      return withoutState(JSON.parse(/^event: next\ndata: (.*)$/m.exec(text)?.[1] ?? text));
    },
    WebSocket: async body => {
      const socket = new WebSocket(`${url().replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init' }));
      await once(socket, 'message');
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: body }));
      const [data] = await once(socket, 'message');
      socket.close();
      const { type, payload } = JSON.parse(String(data));
      return type === 'error' ? { errors: payload } : withoutState(payload);
    },
  };
}
