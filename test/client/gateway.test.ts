import { expect, onTestFinished, test } from 'vitest';
import { connect, memoryStore, type Status } from '../../src/client/index.js';
import { until } from '../support/feed.js';
import { openTestServer } from '../support/server.js';

test.each([
  [502, undefined],
  [504, 'GATEWAY_TIMEOUT'],
  [429, 'REQUEST_RATE_LIMITED'],
])(
  'errors of a gateway with the status %i and the code %s are passing, to a follower and a copy',
  async (status, code) => {
    const { url, close } = await openTestServer();
    onTestFinished(close);
    const refusal = () => Response.json({ errors: [{ message: 'upstream', extensions: { code } }] }, { status });
    // The first request of each is refused.
    const refused = new Set<string>();
    const send: typeof fetch = async (to, init) => {
      const { pathname } = new URL(String(to));
      if (refused.has(pathname)) return fetch(to, init);
      refused.add(pathname);
      return refusal();
    };
    const control = new AbortController();
    onTestFinished(() => control.abort());
    const register = connect({ url: `${url}/graphql`, fetch: send });
    const states: string[] = [];
    const options = { onStatus: ({ state }: Status) => states.push(state), signal: control.signal };
    const ends = [register.follow({ ...options, onChange: () => undefined })];
    await until('it follows', () => states.at(-1) === 'open');
    ends.push(register.copy({ ...options, store: memoryStore() }));
    await until('it copies', () => states.length === 4);
    expect(states).toEqual(['waiting', 'open', 'waiting', 'open']);
    control.abort();
    await Promise.all(ends);
  },
);
