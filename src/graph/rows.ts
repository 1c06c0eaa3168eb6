import { channel } from 'node:diagnostics_channel';
import type { EntityManager } from '@mikro-orm/sql';
import { CompiledQuery, type Kysely } from 'kysely';
import type { Sql } from 'sql-template-tag';
import { beginRead, endRead } from './quiet.js';
import { readings, traced } from './traced.js';

/** What `statements` publishes for each statement sent. */
export interface Statement {
  text: string;
  /** The fork it is sent through, which tells whose it is. */
  em: EntityManager;
}

/** Every read statement is published here before it is sent: tests count them, operators measure them. */
export const statements = channel('stedenband:statement');

type Read = (text: string, values: unknown[]) => Promise<unknown[]>;

/** Both native clients, as far as reading goes: `pg`'s Pool and PGlite. */
interface NativeClient {
  query(
    query: string | { name?: string; text: string; values: unknown[] },
    values?: unknown[],
  ): Promise<{ rows: unknown[] }>;
  execProtocol?: unknown;
}

/** Statement texts that get a name, so that PostgreSQL plans them once a connection; the rest stay unnamed. */
const NAMED_STATEMENTS = 1_000;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= NAMED_STATEMENTS) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

const readers = new WeakMap<object, Promise<Read>>();

/** One reader a connection: `em.find` would inline its values and hydrate entities, this sends a named statement. */
function readerOf(em: EntityManager): Promise<Read> {
  const connection = em.getConnection('read') as unknown as { getNativeClient(): Promise<NativeClient> };
  let found = readers.get(connection);
  if (!found) {
    found = connection.getNativeClient().then((client): Read => {
      if (client.execProtocol) return async (text, values) => (await client.query(text, values)).rows;
      return async (text, values) => {
        const name = nameOf(text);
        return (await client.query(name === undefined ? { text, values } : { name, text, values })).rows;
      };
    });
    readers.set(connection, found);
  }
  return found;
}

/**
 * Runs one read statement and gives its rows as the driver parsed them: text, numbers, booleans, arrays and JSON as
 * themselves, timestamps as text.
 *
 * Inside a transaction of `em` it runs on that transaction's connection: PGlite has only one, so a read beside an open
 * transaction would wait for ever.
 */
export async function rows<Row>(em: EntityManager, query: Sql): Promise<Row[]> {
  beginRead(em);
  try {
    return await traced(
      readings,
      () => ({ text: query.text }),
      () => send<Row>(em, query),
    );
  } finally {
    endRead(em);
  }
}

async function send<Row>(em: EntityManager, { text, values }: Sql): Promise<Row[]> {
  if (statements.hasSubscribers) statements.publish({ text, em } satisfies Statement);
  const transaction = em.getTransactionContext<Kysely<unknown>>();
  if (transaction) return (await transaction.executeQuery(CompiledQuery.raw(text, values))).rows as Row[];
  const read = await readerOf(em);
  return (await read(text, values)) as Row[];
}
