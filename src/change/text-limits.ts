import { MAX_ID_LENGTH } from '../graph/record/id.js';

/** Maximum number of characters of a text that the table does not list. */
const MAX_TEXT_LENGTH = 10_000;

/** Maximum number of characters of each text of an input and of the seeds, by its field, or by the first part of it. */
export const TEXT_LIMITS: Readonly<Record<string, number>> = {
  id: MAX_ID_LENGTH,
  idempotencyKey: 255,
  reason: 10_000,
  passage: 200,
  field: 100,
  'source.title': 500,
  'source.publisher': 300,
  'source.url': 2_000,
  'source.supports': 300,

  // Of proposals and reports of errors. Values of rows have the limits of their fields.
  message: 10_000,
  rows: MAX_TEXT_LENGTH,
  decisions: MAX_ID_LENGTH,
  subjectId: MAX_ID_LENGTH,
  doubted: 300,
  proposed: 10_000,

  names: 300,
  title: 300,
  role: 1_000,
  description: 10_000,
  notes: 10_000,

  // References are ids.
  parent: MAX_ID_LENGTH,
  prefecture: MAX_ID_LENGTH,
  succeededBy: MAX_ID_LENGTH,
  dutch: MAX_ID_LENGTH,
  chinese: MAX_ID_LENGTH,
  encouragedBy: MAX_ID_LENGTH,
  partnership: MAX_ID_LENGTH,
  programme: MAX_ID_LENGTH,
  organisations: MAX_ID_LENGTH,
  authorities: MAX_ID_LENGTH,

  code: 20,
  wikidataId: 20,
  city: 100,
  website: 2_000,
  'contactPoints.value': 2_000,
  'contactPoints.seenIn': 500,
  funder: 300,
  implementer: 300,
  projectCode: 100,
  // Part of a unique index, whose entries have at most 2,704 bytes.
  iatiId: 100,
  themes: 300,
  otherPartners: 300,
  participants: 300,
};

/** Returns the maximum length of the text at a path, such as `['names', 'zh']` or `['contactPoints', '0', 'value']`. */
export function textLimit(path: readonly string[]): number {
  const names = path.filter(part => !/^\d+$/.test(part));
  return TEXT_LIMITS[names.join('.')] ?? TEXT_LIMITS[names[0] ?? ''] ?? MAX_TEXT_LENGTH;
}

/**
 * Writes a whole number below a million as `10,000`, without `toLocaleString`, which loads the data of its number formats at
 * the start.
 */
const withThousands = (n: number) => String(n).replace(/\d(?=\d{3}$)/, '$&,');

/** Adds the limit of a text to its description. `many` if the field holds several texts. */
export function withLimit(description: string, field: string, many = false): string {
  const limit = withThousands(textLimit(field.split('.')));
  return `${description} At most ${limit} characters${many ? ' each' : ''}.`;
}
