/** Returns a function that is true at its first call, and then once per interval: for log lines of what happens again and again. */
export function oncePer(intervalMs: number): () => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - last < intervalMs) return false;
    last = now;
    return true;
  };
}
