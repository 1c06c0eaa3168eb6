import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { inOrder, loader } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import type { Identity } from './identity.js';

/** Loads the names of keys by id. Revoked keys have theirs, too. */
const nameById = loader<string, string | null>(async (em, ids) => {
  const query = sql`select id, name from access_key where id = any(${[...ids]}::text[])`;
  const rows = await queryRows<{ id: string; name: string }>(em, query);
  return inOrder(ids, rows, ({ id }) => id).map(row => row?.name ?? null);
});

const KEY_ACTOR = 'key:';

/** Returns the name of the key of an actor in the log, `key:<id>`; null for any other actor. */
export function keyNameOf(em: Fork, actor: string): Promise<string | null> | null {
  return actor.startsWith(KEY_ACTOR) ? nameById(em).load(actor.slice(KEY_ACTOR.length)) : null;
}

/**
 * Returns whether a client may see names of keys: only those who may write. Operators name keys for themselves, often after
 * a person, and everyone may read the log.
 */
export const seesKeyNames = ({ scopes }: Identity): boolean =>
  scopes.some(scope => scope !== 'read' && scope !== 'webhook:manage');
