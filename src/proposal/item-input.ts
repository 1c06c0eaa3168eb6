import type { RegisterRecord } from '../graph/record/register-record.js';
import { PartnershipStatus } from '../partnership/partnership.enums.js';
import type { FactsInput, ProposalConcept, ProposedField } from './concept.js';
import type { ProposalRow } from './row.js';

/**
 * Builds the input of a command from proposed values. Names and coordinates are replaced as a whole by a command: members
 * that the row leaves out are those of the record.
 *
 * @param record The record to revise; null for a new one.
 */
export function inputOf(
  concept: ProposalConcept,
  fields: readonly ProposedField[],
  record: RegisterRecord | null,
  values: ProposalRow['values'],
): FactsInput {
  const input: FactsInput = {};
  for (const field of fields) {
    const leaf = concept.leaves.get(field.field);
    const isInitialStatus = record === null && field.proposed === PartnershipStatus.UNKNOWN;
    if (!leaf || (concept.isOfStatus?.(field) && !isInitialStatus)) continue;
    if (leaf.member === undefined) input[leaf.field] = field.proposed;
    else {
      const members = (input[leaf.field] ?? membersOf(record, leaf.field)) as FactsInput;
      input[leaf.field] = { ...members, [leaf.member]: field.proposed };
    }
  }
  for (const field of ['role', 'location']) {
    const members = input[field] as FactsInput | undefined;
    if (members && Object.values(members).every(member => member == null)) input[field] = null;
  }
  concept.complete?.(input, { values, ...(record && { id: record.id }) });
  return input;
}

/** Returns the members of a field of a record. Titles and roles have no aliases. */
function membersOf(record: RegisterRecord | null, field: string): FactsInput {
  const row = (record ?? {}) as FactsInput;
  if (field === 'location') return record ? { latitude: row.latitude, longitude: row.longitude } : {};
  const { aliases, ...texts } = (row[field] ?? {}) as FactsInput;
  return field === 'names' ? { ...texts, aliases: aliases ?? [] } : texts;
}

/** Returns the path of the row for a path of an input: `dutch.id` for `dutch`. */
export function pathInRow(concept: ProposalConcept, path: readonly string[]): string {
  const [field = '', member] = path;
  for (const leaf of concept.leaves.values()) {
    if (leaf.field === field && (leaf.member === undefined || leaf.member === member)) return leaf.path;
  }
  const name = path.join('.');
  return concept.leaves.get(name)?.path ?? name;
}

/** Returns the texts among proposed values that may be ids of records. */
export const referencesOf = (fields: readonly ProposedField[]): string[] =>
  fields.flatMap(({ proposed }) => [proposed].flat()).filter(value => typeof value === 'string');
