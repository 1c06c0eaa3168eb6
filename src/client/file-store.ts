import { DatabaseSync } from 'node:sqlite';
import type { CopyRecord, CopyStore } from './copy-store.js';

const TABLE =
  '(type text not null, key text not null, value text not null, primary key (type, key)) without rowid, strict';

/** A copy in a file. */
export interface FileStore extends CopyStore {
  /** Closes the file. Can be called twice. */
  close(): void;
}

/**
 * Opens a store in a file, a SQLite database with the table `record(type, key, value)`, of which `value` is JSON. Other
 * programs may read it meanwhile. For Node.js 22.13 and newer.
 */
export function openFileStore(path: string): FileStore {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  database.exec(`pragma journal_mode = wal;
    create table if not exists record ${TABLE};
    create table if not exists state (id integer primary key check (id = 1), cursor text not null) strict`);
  const cursorOf = () => (database.prepare('select cursor from state').get() as { cursor: string } | undefined)?.cursor;
  const setCursor = (cursor: string) =>
    database.prepare('insert into state values (1, ?) on conflict do update set cursor = excluded.cursor').run(cursor);
  const insertInto = (table: string) => database.prepare(`insert or replace into ${table} values (?, ?, ?)`);
  const transaction = (run: () => boolean): boolean => {
    database.exec('begin immediate');
    try {
      const isDone = run();
      database.exec(isDone ? 'commit' : 'rollback');
      return isDone;
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      throw error;
    }
  };
  const read = ({ value }: Record<string, unknown>): CopyRecord => JSON.parse(String(value));
  return {
    cursor: async () => cursorOf(),
    replace: async (cursor, batches) => {
      const before = cursorOf();
      // Of this connection alone: another process may load at the same time, or have ended early.
      database.exec(`drop table if exists temp.loading; create temp table loading ${TABLE}`);
      const insert = insertInto('temp.loading');
      for await (const batch of batches) {
        transaction(() => {
          for (const { type, key, value } of batch) insert.run(type, key, JSON.stringify(value));
          return true;
        });
      }
      return transaction(() => {
        if (cursorOf() !== before) return false;
        database.exec('delete from record; insert into record select * from temp.loading; drop table temp.loading');
        setCursor(cursor);
        return true;
      });
    },
    apply: async (changes, from, to) =>
      transaction(() => {
        if (cursorOf() !== from) return false;
        const insert = insertInto('record');
        const remove = database.prepare('delete from record where type = ? and key = ?');
        for (const { type, key, value } of changes) {
          if (value) insert.run(type, key, JSON.stringify(value));
          else remove.run(type, key);
        }
        setCursor(to);
        return true;
      }),
    get: async (type, key) => {
      const row = database.prepare('select value from record where type = ? and key = ?').get(type, key);
      return row && read(row);
    },
    list: async type => database.prepare('select value from record where type = ? order by key').all(type).map(read),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}
