import { hash } from 'node:crypto';
import { type DestinationStream, pino } from 'pino';
import type { LogLevel } from '../../config/settings.js';
import { LogSink } from './log-sink.js';
import { countDroppedLines } from './metrics.js';
import type { OperationRecord } from './operation-record.js';

/** Logs a message with the values that it is about. */
type LogLine = (message: string, values?: Readonly<Record<string, string>>) => void;

/** Logs an error that clients must not see in full. */
export type Logger = ((message: string, error?: unknown) => void) & {
  /** Logs what an operator may have to change. Undefined if the log level excludes these lines, as is `info`. */
  warn?: LogLine;
  /** Logs how the server was started. */
  info?: LogLine;
  /**
   * Logs a finished operation as one line. Called once per operation, after the end of its response. Undefined if the
   * log level excludes these lines, so that the caller can skip collecting their values.
   *
   * @param duration Milliseconds.
   */
  operation?: (operation: OperationRecord, status: number, duration: number) => void;
};

/** Logs the end of a failure, at level info. With a log level that excludes it the line is as important as that of the failure. */
export const logRecovery = (logger: Logger, message: string): void => (logger.info ?? logger)(message);

/** An asynchronous log. Lines are lost unless it is closed before the process exits. */
export interface OpenLog {
  log: Logger;
  /** Writes the buffered lines; resolves after a second at the latest, also if standard error takes nothing. */
  close(): Promise<void>;
}

/** Limits the wait for standard error at the exit. */
const FLUSH_TIMEOUT_MS = 1_000;

/** Receives the lines of a log. */
type Destination = DestinationStream & Partial<Pick<LogSink, 'flush'>>;

function standardError(isShared: boolean): LogSink {
  const sink = new LogSink(countDroppedLines, isShared);
  // Writes the lines before an uncaught error, which ends the process without `close`.
  process.once('exit', () => sink.flushOnExit());
  return sink;
}

/**
 * Creates a log of one JSON object per line. The line of an operation identifies its document by hash and its key by id.
 * Variables, keys and texts of clients are never logged.
 *
 * @param destination Standard error if omitted.
 * @param fields Part of each line, of a worker: other processes have the same standard error.
 */
export function createLogger(
  level: LogLevel,
  destination?: Destination,
  fields: Readonly<Record<string, unknown>> | null = null,
): OpenLog {
  const sink = destination ?? standardError(fields !== null);
  const logger = pino(
    {
      level,
      base: fields,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: label => ({ level: label }) },
      serializers: { err: serializeError },
    },
    sink,
  );
  const log: Logger = (message, error) => logger.error(error === undefined ? {} : { err: error }, message);
  if (logger.isLevelEnabled('warn')) log.warn = (message, values = {}) => logger.warn(values, message);
  if (logger.isLevelEnabled('info')) {
    log.info = (message, values = {}) => logger.info(values, message);
    log.operation = (operation, status, duration) => {
      const { transport, operationName, type, key, cost, codes, statements } = operation;
      logger.info(
        {
          transport,
          operation: operationName?.slice(0, MAX_NAME_LENGTH),
          type,
          document: documentHashOf(operation),
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
  return { log, close: async () => sink.flush?.(FLUSH_TIMEOUT_MS) };
}

const MAX_NAME_LENGTH = 100;

/**
 * Returns the loggable part of an error: its class, its code (of the database: the SQLSTATE), and the places in the code.
 * The message is logged only of a plain `Error` without a code, as this code throws them: those of a driver and of a parser
 * contain values of a client, and so may all other fields.
 */
function serializeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  const isPlain = error.constructor === Error && code === undefined;
  return {
    type: error.constructor.name,
    ...(code !== undefined && { code }),
    ...(isPlain && { message: error.message }),
    stack: framesOf(error),
  };
}

const FRAME = /^ +at (?:[\w$.<>#[\] ]+ \()?(?:file:|node:|\/)[^()]*:\d+:\d+\)?$/;

/** Returns the stack of an error without the text in front of it, which is the message. */
function framesOf({ message, stack = '' }: Error): string[] {
  const lines = (message ? stack.replaceAll(message, '') : stack).split('\n');
  return lines.filter(line => FRAME.test(line)).map(line => line.trim());
}

/** Returns the id of a document: the hexadecimal SHA-256 of its text, as in persisted queries. */
function documentHashOf({ documentHash, query }: OperationRecord): string | undefined {
  if (documentHash !== undefined || query === undefined) return documentHash;
  return hash('sha256', query);
}
