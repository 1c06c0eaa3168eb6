import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { sheetEnd, sheetRow, sheetStart } from '../../../src/export/xlsx-parts.js';
import { FileRefusal } from '../../../src/proposal/formats/refusal.js';
import { rowsOf } from '../../support/files.js';
import { workbookOf } from '../../support/workbooks.js';

vi.setConfig({ testTimeout: 300_000 });

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
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

describe.each(['csv', 'ndjson', 'xlsx', 'wikidata', 'iati', 'cbs'])('a damaged file as %s', format => {
  test('is refused with a rule, or has rows, each with its place', async () => {
    await fc.assert(
      fc.asyncProperty(edits, async changes => {
        let file = files[format] as Buffer;
        for (const { at, removed, added } of changes) {
          const start = Math.floor(at * file.length);
          file = Buffer.concat([file.subarray(0, start), added, file.subarray(start + removed)]);
        }
        const rows = await rowsOf(format, file).catch((error: unknown) => {
          expect(error).toBeInstanceOf(FileRefusal);
          return [];
        });
        for (const { place, values, problem } of rows) {
          expect(place).not.toBe('');
          expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
          if (problem) expect(problem.path[0]).toBe('values');
        }
      }),
      { numRuns: RUNS },
    );
  });
});
