import { createHash } from 'node:crypto';
import { destination, pino } from 'pino';
import type { LogLevel } from '../../config/settings.js';
import type { OperationRecord } from './operation-record.js';

/** Logs an error that clients must not see in full. */
export type Logger = ((message: string, error?: unknown) => void) & {
  /**
   * Logs a finished operation as one line. Called once per operation, after the end of its response. Undefined if the
   * log level excludes these lines, so that the caller can skip collecting their values.
   *
   * @param duration Milliseconds.
   */
  operation?: (operation: OperationRecord, status: number, duration: number) => void;
};

/** An asynchronous log. Lines are lost unless it is closed before the process exits. */
export interface OpenLog {
  log: Logger;
  close(): void;
}

/** Limits the lines that are buffered while standard error is blocked. Further lines are dropped. */
const MAX_BUFFERED_BYTES = 4_000_000;

/**
 * Creates a log of one JSON object per line on standard error. The line of an operation identifies its document by hash
 * and its key by id. Variables and keys are never logged.
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
    log.operation = (operation, status, duration) => {
      const { transport, query, operationName, type, key, cost, codes, statements } = operation;
      logger.info(
        {
          transport,
          operation: operationName?.slice(0, MAX_NAME_LENGTH),
          type,
          document: query === undefined ? undefined : documentHash(query),
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
      // Flushing throws if standard error is closed; the lines are lost then.
      try {
        sink.flushSync();
      } catch {}
    },
  };
}

const MAX_NAME_LENGTH = 100;

/** Returns the loggable part of an error. Other fields that a database driver adds may contain values of a client. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return { type: error.name, ...(code !== undefined && { code }), message: error.message, stack: error.stack };
}

/** Caches the hashes of the first documents: most clients send the same few again and again. */
const documentHashes = new Map<string, string>();
const MAX_CACHED_HASHES = 500;
const MAX_CACHED_DOCUMENT_LENGTH = 4_000;

/** Returns the id of a document: the hexadecimal SHA-256 of its text, as in persisted queries. */
function documentHash(query: string): string {
  const cached = documentHashes.get(query);
  if (cached !== undefined) return cached;
  const hash = createHash('sha256').update(query).digest('hex');
  if (documentHashes.size < MAX_CACHED_HASHES && query.length <= MAX_CACHED_DOCUMENT_LENGTH)
    documentHashes.set(query, hash);
  return hash;
}
