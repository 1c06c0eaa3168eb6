import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { sheetEnd, sheetRow, sheetStart } from '../../../src/export/xlsx-parts.js';
import { FileRefusal } from '../../../src/proposal/formats/refusal.js';
import { ProposalVerdict } from '../../../src/proposal/proposal.enums.js';
import { testApi } from '../../support/api.js';
import { fingerprint } from '../../support/calls.js';
import { planFile, rowsOf } from '../../support/files.js';
import { times } from '../../support/soak.js';
import { workbookOf } from '../../support/workbooks.js';

vi.setConfig({ testTimeout: times(300_000, 3_000_000) });

const RUNS = Number(process.env.FUZZ_RUNS ?? times(100, 1_000));
const { database } = testApi();
const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

const files: Record<string, Buffer> = {
  csv: Buffer.from('id;notes;startedOn\r\ntie-a-b;"x; ""y""";30-11-1979\r\ntie-a-c;\'=1;nov-79\r\n'),
  ndjson: Buffer.from(
    '{"id":"tie-a-b","dutch":{"id":"nl-x","names":{"nl":"X"}},"themes":["SPORT"]}\n{"id":"tie-a-c"}\n',
  ),
  wikidata: fixture('wikidata.json'),
  iati: fixture('iati.xml'),
  cbs: fixture('cbs-2026.json'),
};
beforeAll(async () => {
  const rows = [
    ['id', 'notes', 'startedOn'],
    ['tie-a-b', 'x', 1979],
    ['tie-a-c', null, true],
  ] as const;
  const xml = rows.map((row, index) => sheetRow(index + 1, row)).join('');
  files.xlsx = await workbookOf(sheetStart([10]) + xml + sheetEnd(3, 3));
});

/** Pieces that mean something in one of the formats. */
const PIECES = [
  '"',
  ';',
  '\n',
  '\r',
  '\t',
  '\0',
  '<',
  '&',
  ']]>',
  '{',
  '[',
  '__proto__',
  '\uFEFF',
  '=',
  "'",
  '-',
  '\u{1F600}',
];
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.integer({ min: 0, max: 20 }),
    added: fc.oneof(
      fc.constantFrom(...PIECES).map(piece => Buffer.from(piece)),
      fc.uint8Array({ maxLength: 8 }),
    ),
  }),
  { maxLength: 6 },
);

describe.each([
  ['csv', 'partnerships'],
  ['ndjson', 'partnerships'],
  ['xlsx', 'partnerships'],
  ['wikidata', 'partnerships'],
  ['iati', 'programmes'],
  ['cbs', 'authorities'],
])('a damaged file as %s', (format, records) => {
  test('is refused with a rule, or has rows, each with a verdict', async () => {
    const before = await fingerprint(database());
    await fc.assert(
      fc.asyncProperty(edits, async changes => {
        let file = files[format] as Buffer;
        for (const { at, removed, added } of changes) {
          const start = Math.floor(at * file.length);
          file = Buffer.concat([file.subarray(0, start), added, file.subarray(start + removed)]);
        }
        const rows = await rowsOf(format, file, records).catch((error: unknown) => {
          expect(error).toBeInstanceOf(FileRefusal);
          return [];
        });
        for (const { place, values, problem } of rows) {
          expect(place).not.toBe('');
          expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
          if (problem) expect(problem.path[0]).toBe('values');
        }
        const items = rows.length ? await planFile(database(), format, records, file) : [];
        expect(items.map(({ verdict }) => verdict).filter(Boolean)).toHaveLength(rows.length);
      }),
      { numRuns: RUNS },
    );
    expect(await fingerprint(database())).toEqual(before);
  });
});

const RECORDS: Record<string, string> = { wikidata: 'partnerships', iati: 'programmes', cbs: 'authorities' };

test.each(readdirSync(new URL('fixtures/', import.meta.url)))('each row of %s has one verdict', async name => {
  const [format = ''] = name.split(/[-.]/);
  const records = RECORDS[format] as string;
  const before = await fingerprint(database());
  const rows = await rowsOf(format, fixture(name), records);
  expect(rows.length).toBeGreaterThan(0);
  const items = await planFile(database(), format, records, fixture(name));
  expect(items.map(({ place }) => place)).toEqual(rows.map(({ place }) => place));
  expect(items.filter(({ verdict }) => Object.values<unknown>(ProposalVerdict).includes(verdict))).toHaveLength(
    rows.length,
  );
  expect(await fingerprint(database())).toEqual(before);
});

test.each([
  ['ndjson', '{"id": \0'],
  ['ndjson', `{"id":"${'\u{1F600}'.repeat(10)}`],
  ['csv', Buffer.from('\uFEFFid;\uD800x\ntie-a-b;1', 'utf16le')],
  ['csv', 'id;a\0b\ntie-a-b;1'],
] as const)('what the database cannot store is no part of a problem: %s %j', async (format, file) => {
  expect(await planFile(database(), format, 'partnerships', file as string)).toMatchObject([{ verdict: 'REFUSED' }]);
});
