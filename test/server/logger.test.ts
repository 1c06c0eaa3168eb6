import { DriverException } from '@mikro-orm/core';
import { GraphQLError, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { toGraphqlError } from '../../src/server/http/mask-errors.js';
import { createLogger } from '../../src/server/observability/logger.js';
import type { Json } from '../support/calls.js';

const MARKER = 'marker7431';

/** Logs an error, and returns the line. */
function lineOf(error: unknown): Json {
  const lines: string[] = [];
  createLogger('info', { write: line => lines.push(line) }).log('our words', error);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] as string);
}

/** An error as a driver throws it. */
class DatabaseError extends Error {
  severity = 'ERROR';
  detail = `Key (name)=(${MARKER}) already exists.`;
  hint = MARKER;
  where = `unnamed portal parameter $1 = '${MARKER}'`;

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
    this.name = 'error';
  }
}

describe('the log of an error', () => {
  const driver = new DatabaseError(`invalid input: "${MARKER}\n    at ${MARKER} (file:///${MARKER}:1:1)"`, '22P02');

  test.each<[string, Error, string | undefined]>([
    ['a driver', driver, '22P02'],
    ['the object-relational mapper', new DriverException(driver), '22P02'],
    ['a parser', new SyntaxError(`Unexpected token in "${MARKER}"`), undefined],
    ['graphql-js', new GraphQLError(`Int cannot represent "${MARKER}"`), undefined],
    ['a driver without a class', Object.assign(new Error(`getaddrinfo ${MARKER}`), { code: 'ENOTFOUND' }), 'ENOTFOUND'],
    ['a wrapper', new TypeError(MARKER, { cause: driver }), undefined],
  ])('of %s has its class, its code and its place, and nothing of a client', (_, error, code) => {
    const line = lineOf(error);
    expect(JSON.stringify(line)).not.toContain(MARKER);
    expect(line).toMatchObject({ msg: 'our words', level: 'error', err: { type: error.constructor.name } });
    expect(line.err.code).toBe(code);
    expect(line.err).not.toHaveProperty('message');
    expect(line.err.stack.join('\n')).toContain('logger.test.ts');
  });

  test('of this code has its message', () => {
    expect(lineOf(new Error('The export thread exited.')).err).toMatchObject({
      type: 'Error',
      message: 'The export thread exited.',
    });
  });

  test('of what is no error has nothing of it', () => {
    expect(lineOf(MARKER).err).toEqual({ type: 'string' });
  });
});

describe('an error in the form that clients see', () => {
  const logged: unknown[] = [];
  const mask = (error: unknown) => toGraphqlError(error, (...line) => void logged.push(line));
  /** An error of a resolver, as graphql-js hands it on. */
  const inField = (originalError: Error) => {
    const { nodes = null } = originalError as Partial<GraphQLError>;
    return new GraphQLError(originalError.message, { originalError, path: ['a'], nodes });
  };
  test.each(['22001', '22021', '22P02', '54000'])('of the database with SQLSTATE %s is the client’s', code => {
    logged.length = 0;
    const error = new DatabaseError(MARKER, code);
    expect(mask(inField(error))).toMatchObject({
      message: `The database cannot process a value of this request (SQLSTATE ${code}); change it.`,
      path: ['a'],
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(mask(new DriverException(error)).extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(logged).toHaveLength(2);
  });

  test.each<[string, Error]>([
    ['of the database with another SQLSTATE', new DatabaseError(MARKER, '42703')],
    ['that graphql-js throws for a value of a resolver', new GraphQLError(`Int cannot represent "${MARKER}"`)],
    [
      'that it throws at a field',
      new GraphQLError(MARKER, { nodes: (parse('{ a }').definitions[0] as Json).selectionSet.selections[0] }),
    ],
    ['of this code', new Error(MARKER)],
  ])('%s is replaced by an id', (_, error) => {
    for (const masked of [mask(error), mask(inField(error))]) {
      expect(masked.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
      expect(JSON.stringify(masked)).not.toContain(MARKER);
    }
  });
});
