/** The time between two pings of a worker. */
const PING_INTERVAL_MS = 2_000;
/** The event loop of a worker that has left so many pings unanswered has not turned for half a minute. */
export const MAX_UNANSWERED_PINGS = 15;

/**
 * Pings a worker until it ends, and tells if it hangs: a process that was stopped, or runs one function for ever, keeps its
 * connections and never exits. Pings are counted, and not the time: a machine that was suspended has no worker that hangs.
 *
 * @param ping Resolves when the worker has answered; rejects when it has ended.
 * @param onHang Called once, after `MAX_UNANSWERED_PINGS` without an answer.
 * @returns A function that ends it.
 */
export function watchLiveness(ping: () => Promise<unknown>, onHang: () => void): () => void {
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered === MAX_UNANSWERED_PINGS) {
      clearInterval(timer);
      return onHang();
    }
    unanswered += 1;
    ping().then(
      () => {
        unanswered = 0;
      },
      () => clearInterval(timer),
    );
  }, PING_INTERVAL_MS);
  return () => clearInterval(timer);
}
