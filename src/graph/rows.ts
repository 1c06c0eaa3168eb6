import { channel } from 'node:diagnostics_channel';
import type { EntityManager } from '@mikro-orm/sql';
import { CompiledQuery, type Kysely } from 'kysely';
import type { Sql } from 'sql-template-tag';
import { type Pool, poolReader } from './pool-reader.js';
import { beginRead, endRead } from './quiet.js';

/** What `statements` publishes for each statement sent. */
export interface Statement {
  text: string;
  /** The fork it is sent through, which tells whose it is. */
  em: EntityManager;
}

/** Every read statement is published here before it is sent: tests count them, operators measure them. */
export const statements = channel('stedenband:statement');

/** A statement with its values. */
export type Query = Pick<Sql, 'text' | 'values'>;

export type Read = (query: Query) => Promise<unknown[]>;

/** PGlite, as far as reading goes. */
interface Embedded {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
  execProtocol: unknown;
}

const isEmbedded = (client: Pool | Embedded): client is Embedded => 'execProtocol' in client;

const readers = new WeakMap<object, Read>();

/** One reader a connection: `em.find` would inline its values and hydrate entities, this sends a named statement. */
async function openReader(em: EntityManager): Promise<Read> {
  const connection = em.getConnection('read') as unknown as { getNativeClient(): Promise<Pool | Embedded> };
  const client = await connection.getNativeClient();
  // Others that asked at the same time may have been here.
  const other = readers.get(connection);
  if (other) return other;
  const reader: Read = isEmbedded(client)
    ? async ({ text, values }) => (await client.query(text, values)).rows
    : poolReader(client);
  readers.set(connection, reader);
  return reader;
}

/**
 * Runs one read statement and gives its rows as the driver parsed them: text, numbers, booleans, arrays and JSON as
 * themselves, timestamps as text.
 *
 * Inside a transaction of `em` it runs on that transaction's connection: PGlite has only one, so a read beside an open
 * transaction would wait for ever.
 */
export async function rows<Row>(em: EntityManager, query: Query): Promise<Row[]> {
  if (statements.hasSubscribers) statements.publish({ text: query.text, em } satisfies Statement);
  beginRead(em);
  try {
    const transaction = em.getTransactionContext<Kysely<unknown>>();
    if (transaction) {
      const { text, values } = query;
      return (await transaction.executeQuery(CompiledQuery.raw(text, values))).rows as Row[];
    }
    const read = readers.get(em.getConnection('read')) ?? (await openReader(em));
    return (await read(query)) as Row[];
  } finally {
    endRead(em);
  }
}
