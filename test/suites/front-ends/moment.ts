import { type ApolloClient, ApolloLink } from '@apollo/client';
import { map } from 'rxjs';
import { createApolloClient } from './apollo.js';

/** Returns the address of the register at a moment: an instant with its offset, or the cursor of a change. */
export function atMoment(url: string, knownAt: string): string {
  const address = new URL(url);
  address.searchParams.set('knownAt', knownAt);
  return address.href;
}

/** Refuses answers of the present: a proxy that loses the parameter is noticed, instead of shown as the past. */
const requireMoment = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    map(result => {
      const register = result.extensions?.register as { knownAt?: string | null } | undefined;
      if (result.data && !register?.knownAt) throw new Error('This answer does not say of which moment it is.');
      return result;
    }),
  ),
);

/** Creates a client of a moment. It has a cache of its own: the clients of two moments share nothing. */
export function createApolloClientAt(url: string, knownAt: string): ApolloClient {
  const client = createApolloClient(atMoment(url, knownAt));
  client.setLink(ApolloLink.from([requireMoment, client.link]));
  return client;
}
