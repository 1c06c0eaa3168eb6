/** A delivery that fails for this long pauses its webhook. */
export const MAX_FAILING_MS = 3 * 86_400_000;

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 6 * 3_600_000;
/** Each delay is this many times the one before: 1 s, 4 s, 16 s, 64 s, 4 min, 17 min, 68 min, 5 h, then 6 h each. */
const GROWTH = 4;
/** The share of a delay that is random, so that webhooks that failed together are not repeated together. */
const JITTER = 0.2;

/** Returns the wait after a number of failed attempts. */
export function backoffMs(attempts: number, random = Math.random): number {
  const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * GROWTH ** Math.max(0, attempts - 1));
  return Math.round(delay * (1 - JITTER + 2 * JITTER * random()));
}

/** Reads `Retry-After`: seconds, or a date of HTTP. Undefined for any other text. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1_000;
  const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
