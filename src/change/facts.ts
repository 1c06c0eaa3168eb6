import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import type { StoredNames } from '../graph/types/names.js';
import { fold } from '../graph/types/text.js';
import type { NamesInput } from './input.js';
import { lockName } from './locks.js';
import { rejectField, UserErrorCode } from './payload.js';

/**
 * Returns the facts that an input sets. An omitted fact stays unchanged; null clears it.
 *
 * @param names The facts that can be written.
 * @param required Those of them that cannot be cleared.
 * @throws WriteRejected for a required fact that is null.
 */
export function suppliedFacts(
  input: object,
  names: readonly string[],
  required: readonly string[],
): Record<string, unknown> {
  const supplied = Object.entries(input).filter(([name, value]) => names.includes(name) && value !== undefined);
  const cleared = supplied.find(([name, value]) => value === null && required.includes(name));
  if (cleared)
    throw rejectField(
      UserErrorCode.INVALID,
      cleared[0],
      `${cleared[0]} cannot be cleared; leave it out to keep its value.`,
    );
  return Object.fromEntries(supplied);
}

/**
 * Converts names to their stored form, which omits unknown languages.
 *
 * @throws WriteRejected if there is no name in any language.
 */
export function storedNames({ nl, en, zh, pinyin, aliases }: NamesInput, field: string): StoredNames {
  const present = Object.entries({ nl, en, zh, pinyin }).filter(([, name]) => name != null);
  if (present.length === 0)
    throw rejectField(UserErrorCode.INVALID, field, `${field} needs at least one of nl, en, zh and pinyin.`);
  return { ...Object.fromEntries(present), aliases: aliases ?? [] };
}

/**
 * Checks that all records exist.
 *
 * @throws WriteRejected NOT_FOUND that names the first missing id.
 */
export async function requireExisting(
  em: EntityManager,
  table: 'authority' | 'organisation' | 'partnership' | 'programme',
  ids: readonly string[],
  field: string,
): Promise<void> {
  const query = sql`select id from ${raw(table)} where id = any(${[...ids]}::text[])`;
  const existing = new Set((await queryRows<{ id: string }>(em, query)).map(({ id }) => id));
  const missing = ids.find(id => !existing.has(id));
  if (missing !== undefined)
    throw rejectField(UserErrorCode.NOT_FOUND, field, `${field} refers to a record that does not exist: ${missing}.`);
}

const MAX_SLUG_LENGTH = 80;

/**
 * Returns an id for a new record that no record has or ever had: the prefix, the words of its name and, if that id is
 * taken, a number. Concurrent calls for one name wait for each other, also for a name that ends in such a number.
 */
export async function newId(em: EntityManager, prefix: string, ...words: string[]): Promise<string> {
  const slug = fold(words.join(' '))
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-|-$/g, '');
  const base = `${prefix}-${slug || 'record'}`;
  await lockName(em, `id ${withoutNumbers(base)}`);
  const query = sql`
    select id from search_document where id = ${base} or id like ${`${base}-%`}
    union select subject_id from change where subject_id = ${base} or subject_id like ${`${base}-%`}`;
  const taken = new Set((await queryRows<{ id: string }>(em, query)).map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** Removes the numbers at the end of an id: `org-name-2-3` is in use by the name of `org-name`, too. */
function withoutNumbers(id: string): string {
  let name = id;
  while (/-\d+$/.test(name)) name = name.slice(0, name.lastIndexOf('-'));
  return name;
}
