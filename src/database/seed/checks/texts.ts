import { textLimit } from '../../../change/text-limits.js';
import { concepts, type Incoming, type SeedRecord } from '../seed.record.js';

/** Checks that no text is longer than a mutation would accept. */
export function checkTextLengths(incoming: Incoming): void {
  for (const concept of concepts) for (const record of incoming[concept] ?? []) checkRecord(record);
}

function checkRecord(record: SeedRecord<object>): void {
  const check = (value: unknown, field: string, path: string[]): void => {
    if (typeof value === 'string') {
      const limit = textLimit(path);
      if (value.length > limit) record.report(field, `a text can have at most ${limit} characters`, value);
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => {
        check(item, `${field}[${index}]`, path);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) check(part, field ? `${field}.${name}` : name, [...path, name]);
    }
  };
  const { sources, ...fields } = record.fields as { sources?: unknown };
  check(fields, '', []);
  // A mutation takes one source, a seed several.
  check(sources, 'sources', ['source']);
}
