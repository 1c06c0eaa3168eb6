import { isScalarType, Kind, type ValueNode } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { createSchema } from '../../src/schema.js';

/** As long as the longest body allows about; in characters. */
const LONG = 50_000;
/** Limits the time of one value, in milliseconds. */
const MAX_LENGTH = 20;

/** Texts that make patterns which can match in many ways try them all. */
const SLOW: string[] = [
  'a',
  '0',
  '-',
  '.',
  ' ',
  '+',
  '(',
  '1.',
  'a@',
  '0-',
  'aA',
  '\t',
  '://',
  '%',
  '9'.repeat(20),
  '2022-',
  'http://a.',
  '/../',
  'é',
  '中',
].flatMap(piece => {
  const run = piece.repeat(LONG / piece.length);
  return [run, `${run}!`, `https://${run}`, `1979-01-01T00:00:00${run}`, `${run}\n`];
});

let scalars: Awaited<ReturnType<typeof find>>;
async function find() {
  return Object.values((await createSchema()).getTypeMap()).filter(isScalarType);
}
beforeAll(async () => {
  scalars = await find();
});

test('no scalar takes long over a text of 50 kB, as a variable or in the document', () => {
  expect(scalars.length).toBeGreaterThan(8);
  const slow: string[] = [];
  for (const scalar of scalars) {
    for (const text of SLOW) {
      const took = Math.min(...[0, 1, 2].map(() => timed(() => scalar.parseValue(text))));
      const literal: ValueNode = { kind: Kind.STRING, value: text };
      const tookLiteral = Math.min(...[0, 1, 2].map(() => timed(() => scalar.parseLiteral(literal, {}))));
      if (Math.max(took, tookLiteral) > MAX_LENGTH)
        slow.push(`${scalar.name} ${text.slice(0, 30)} ${took} ${tookLiteral}`);
    }
  }
  expect(slow).toEqual([]);
});

function timed(run: () => unknown): number {
  const start = performance.now();
  try {
    run();
  } catch {
    // That it is refused is what is expected; here only how soon counts.
  }
  return performance.now() - start;
}
