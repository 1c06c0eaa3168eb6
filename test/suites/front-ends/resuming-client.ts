import { type Client, type ClientOptions, createClient } from 'graphql-ws';

/** Waits before a new attempt, so that a server that restarts is not flooded. */
const RETRY_MS = 1_000;

/**
 * A lost connection or a restart (1001, 1006, 1012), or a socket that fell behind (1013). A wrong key (4403) stays wrong,
 * and so does a subscription that is refused with a list of errors.
 */
const canResume = (reason: unknown) => {
  const { code } = reason as { code?: number };
  return !Array.isArray(reason) && (code === undefined || code < 4000);
};

/** A graphql-ws client whose subscriptions to `changes` go on after the last change received, not after the first. */
export function createResumingClient(options: ClientOptions): Client {
  const client = createClient({ ...options, retryAttempts: 0 });
  const subscribe: Client['subscribe'] = (payload, sink) => {
    let after: unknown;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    const open = () => {
      const variables = { ...payload.variables, ...(after !== undefined && { after }) };
      stop = client.subscribe<{ changes?: { cursor?: string } }>(
        { ...payload, variables },
        {
          next: result => {
            after = result.data?.changes?.cursor ?? after;
            sink.next(result as never);
          },
          error: reason => {
            if (canResume(reason)) retry = setTimeout(open, RETRY_MS);
            else sink.error(reason);
          },
          complete: () => sink.complete(),
        },
      );
    };
    open();
    return () => {
      clearTimeout(retry);
      stop();
    };
  };
  return { ...client, subscribe };
}
