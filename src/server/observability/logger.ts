import { createHash } from 'node:crypto';
import { destination, pino } from 'pino';
import type { LogLevel } from '../../config/config.js';
import type { OperationRecord } from './operation-record.js';

/** Where what clients may not see is written to. */
export type Logger = ((message: string, error?: unknown) => void) & {
  /** Writes the one line of an operation that is answered; the duration is in milliseconds. */
  operation?: (its: OperationRecord, status: number, duration: number) => void;
};

/** A log that is written behind the requests, and must be closed to be whole. */
export interface OpenLog {
  log: Logger;
  close(): void;
}

/** Lines wait in memory while standard error does not take them; beyond this they are dropped. In bytes. */
const MAX_BUFFERED_BYTES = 4_000_000;

/**
 * A log of one JSON object a line, on standard error. An operation's line tells which document it was by its hash, and
 * whose key by its id; what stood in its variables, and the key itself, are never written.
 */
export function createLogger(level: LogLevel): OpenLog {
  const sink = destination({ dest: 2, sync: false, maxLength: MAX_BUFFERED_BYTES });
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: label => ({ level: label }) },
      serializers: { err: serializeError },
    },
    sink,
  );
  const log: Logger = (message, error) => logger.error(error === undefined ? {} : { err: error }, message);
  if (logger.isLevelEnabled('info')) {
    log.operation = (its, status, duration) => {
      const { transport, operationName, type, key, cost, codes, statements } = its;
      logger.info(
        {
          transport,
          operation: operationName?.slice(0, MAX_NAME_LENGTH),
          type,
          document: documentHashOf(its),
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

const MAX_NAME_LENGTH = 100;

/** What of an error is written: a driver adds fields that hold values of a client. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return { type: error.name, ...(code !== undefined && { code }), message: error.message, stack: error.stack };
}

/** Returns the id of a document: the hexadecimal SHA-256 of its text, as in persisted queries. */
function documentHashOf({ documentHash, query }: OperationRecord): string | undefined {
  if (documentHash !== undefined || query === undefined) return documentHash;
  return createHash('sha256').update(query).digest('hex');
}
