import sql from 'sql-template-tag';
import { afterAll, beforeAll } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';
import type { Logger } from '../../src/server/observability/logger.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { openTestDatabase } from './database.js';
import { WITHOUT_COST } from './protection.js';

/** An answer or a record, of whatever shape. */
// biome-ignore lint/suspicious/noExplicitAny: it has the shape of its question.
export type Json = any;

type ServeOptions = Parameters<typeof serve>[4];

/** A served register of its own for the tests of a file, and ways to ask it. */
export interface ExportServer {
  database(): Database;
  /** Its URL without a path. */
  url(): string;
  /** A file, with the parameters it is asked with. */
  get(path: string, parameters?: Record<string, string>, init?: RequestInit): Promise<Response>;
  /** The records of an NDJSON export. */
  records(type: string, parameters?: Record<string, string>): Promise<Json[]>;
  /** An answer of the API. */
  ask(query: string, variables?: object): Promise<Json>;
}

export function exportServer(log: Logger = console.error, options: ServeOptions = {}): ExportServer {
  let database: Database;
  let serving: RunningServer;
  beforeAll(async () => {
    database = await openTestDatabase();
    serving = await serve(database, '127.0.0.1', 0, log, { protection: WITHOUT_COST, ...options });
  });
  afterAll(async () => {
    await serving?.close();
    await database?.close();
  });
  const get: ExportServer['get'] = (path, parameters = {}, init) =>
    fetch(`${serving.url}/export/${path}?${new URLSearchParams(parameters)}`, init);
  return {
    database: () => database,
    url: () => serving.url,
    get,
    async records(type, parameters) {
      const response = await get(`${type}.ndjson`, parameters);
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      return text
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line));
    },
    async ask(query, variables) {
      const response = await fetch(`${serving.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    },
  };
}

/** As many rows as one statement adds: it may take ten seconds, and the machine may be busy. */
const BATCH = 5_000;

/**
 * Adds so many made-up exchanges, each with texts of the usual length: about a kilobyte. To note their keys for versions, which no
 * change follows, would take most of the time.
 */
export async function addExchanges({ em }: Database, count: number): Promise<void> {
  for (let first = 1; first <= count; first += BATCH) {
    await queryRows(
      em.fork(),
      sql`with noted as materialized (select set_config('register.noted_exchange', '*', true))
        insert into exchange (id, kind, subkind, title, sort_name, status, recurring, started_on, dutch_id, chinese_id,
          partnership_id, under_partnership, participants, description, notes, confidence)
        select 'exch-made-up-' || n, 'CULTURAL', 'MUSEUM',
          jsonb_build_object('en', 'Exhibition ' || n, 'nl', 'Tentoonstelling ' || n, 'zh', '上海展览 ' || n),
          'exhibition ' || n, 'HELD', false, (1980 + n % 45)::text, 'nl-rotterdam', 'cn-shanghai', 'tie-rotterdam-shanghai',
          true, array['Museum ' || n, '上海博物馆'], repeat(md5(n::text) || ' ', 15), repeat(md5((-n)::text) || ' ', 5), 'SOURCED'
        from generate_series(${first}::int, ${Math.min(first + BATCH - 1, count)}::int) n, noted`,
    );
  }
}
