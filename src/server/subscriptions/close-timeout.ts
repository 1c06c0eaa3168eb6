import type { SubscriptionEnd } from '../../change/change-source.js';

/**
 * Returns the longest wait for a client to read the end of its connection; then it is cut off. A client that is too slow
 * has more time: the system holds megabytes that it must read first.
 */
export const closeTimeoutMs = (code?: SubscriptionEnd['code']): number => (code === 'TOO_SLOW' ? 15_000 : 3_000);
