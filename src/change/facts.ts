import type { StoredNames } from '../graph/types/names.js';
import { message } from '../messages/message.js';
import type { NamesInput } from './input.js';
import type { Problems } from './problems.js';

/**
 * Returns the facts that an input sets. An omitted fact stays unchanged; null clears it, and is as omitted for a new record,
 * which has its defaults. Lists have each code or text once, as those of the seeds: a group of a code counts a record once.
 */
export function suppliedFacts(
  { version }: { version?: number },
  input: object,
  names: readonly string[],
): Record<string, unknown> {
  const isSupplied = (value: unknown) => value !== undefined && (value !== null || version !== undefined);
  return Object.fromEntries(
    Object.entries(input)
      .filter(([name, value]) => names.includes(name) && isSupplied(value))
      .map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value)] : value]),
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

/** Converts names to their stored form, which omits unknown languages, and has each alias once. */
export function storedNames({ nl, en, zh, pinyin, aliases }: NamesInput): StoredNames {
  const present = Object.entries({ nl, en, zh, pinyin }).filter(([, name]) => name != null);
  return { ...Object.fromEntries(present), aliases: [...new Set(aliases)] };
}
