import { createHash } from 'node:crypto';
import { destination, pino } from 'pino';
import type { LogLevel } from '../config.js';
import type { Observed } from './observe.js';

/** Where what clients may not see is written to. */
export type Log = ((message: string, error?: unknown) => void) & {
  /** Writes the one line of an operation that is answered; the duration is in milliseconds. */
  request?: (its: Observed, status: number, duration: number) => void;
};

/** A log that is written behind the requests, and must be closed to be whole. */
export interface OpenLog {
  log: Log;
  close(): void;
}

/** Lines wait in memory while standard error does not take them; beyond this they are dropped. In bytes. */
const MOST_WAITING = 4_000_000;

/**
 * A log of one JSON object a line, on standard error. An operation's line tells which document it was by its hash, and
 * whose key by its id; what stood in its variables, and the key itself, are never written.
 */
export function openLog(level: LogLevel): OpenLog {
  const sink = destination({ dest: 2, sync: false, maxLength: MOST_WAITING });
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: label => ({ level: label }) },
      serializers: { err: describe },
    },
    sink,
  );
  const log: Log = (message, error) => logger.error(error === undefined ? {} : { err: error }, message);
  if (logger.isLevelEnabled('info')) {
    log.request = (its, status, duration) => {
      const { transport, query, operationName, type, key, cost, codes, statements } = its;
      logger.info(
        {
          transport,
          operation: operationName?.slice(0, LONGEST_NAME),
          type,
          document: query === undefined ? undefined : idOf(query),
          key,
          cost,
          statements,
          status,
          ms: Math.round(duration * 100) / 100,
          codes: codes.length ? [...new Set(codes)] : undefined,
        },
        'request',
      );
    };
  }
  return {
    log,
    close: () => {
      // A descriptor that is gone takes no last words.
      try {
        sink.flushSync();
      } catch {}
    },
  };
}

const LONGEST_NAME = 100;

/** What of an error is written: a driver adds fields that hold values of a client. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return { type: error.name, ...(code !== undefined && { code }), message: error.message, stack: error.stack };
}

/** Hashes of documents that come again and again. */
const ids = new Map<string, string>();
const REMEMBERED = 500;
const LONGEST_REMEMBERED = 4_000;

/** The id of a document: the SHA-256 of its text, in hexadecimal, as persisted queries have it. */
function idOf(query: string): string {
  const known = ids.get(query);
  if (known !== undefined) return known;
  const id = createHash('sha256').update(query).digest('hex');
  if (ids.size < REMEMBERED && query.length <= LONGEST_REMEMBERED) ids.set(query, id);
  return id;
}
