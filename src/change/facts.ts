import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import type { StoredNames } from '../graph/types/names.js';
import { fold } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import type { NamesInput } from './input.js';
import { lockNewId } from './locks.js';
import type { Problems } from './problems.js';

/** Returns the facts that an input sets. An omitted fact stays unchanged; null clears it. */
export function suppliedFacts(input: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => names.includes(name) && value !== undefined),
  );
}

/** Reports each fact that an input clears although it cannot be unknown. */
export function checkNotCleared(problems: Problems, input: object, required: readonly string[]): void {
  for (const [name, value] of Object.entries(input)) {
    if (value === null && required.includes(name)) {
      problems.add(name, message('FIELD_NOT_CLEARABLE', { field: name }));
    }
  }
}

/** Reports names in no language. */
export function checkNames(problems: Problems, names: NamesInput | null | undefined, field: string): void {
  if (names && [names.nl, names.en, names.zh, names.pinyin].every(name => name == null)) {
    problems.add(field, message('NAME_MISSING', { field }));
  }
}

/** Converts names to their stored form, which omits unknown languages. */
export function storedNames({ nl, en, zh, pinyin, aliases }: NamesInput): StoredNames {
  const present = Object.entries({ nl, en, zh, pinyin }).filter(([, name]) => name != null);
  return { ...Object.fromEntries(present), aliases: aliases ?? [] };
}

const MAX_SLUG_LENGTH = 80;

/** The ids of new records of a transaction, by its fork: of several records, the log and the index have none yet. */
const newIds = new WeakMap<EntityManager, Set<string>>();

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
  await lockNewId(em, withoutNumbers(base));
  const query = sql`
    select id from search_document where id = ${base} or id like ${`${base}-%`}
    union select subject_id from change where subject_id = ${base} or subject_id like ${`${base}-%`}`;
  const taken = new Set((await queryRows<{ id: string }>(em, query)).map(({ id }) => id));
  const own = newIds.get(em) ?? new Set();
  newIds.set(em, own);
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (taken.has(id) || own.has(id)) continue;
    own.add(id);
    return id;
  }
}

/** Removes the numbers at the end of an id: `org-name-2-3` is in use by the name of `org-name`, too. */
function withoutNumbers(id: string): string {
  let name = id;
  while (/-\d+$/.test(name)) name = name.slice(0, name.lastIndexOf('-'));
  return name;
}
