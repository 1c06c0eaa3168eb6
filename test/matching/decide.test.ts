import { expect, test } from 'vitest';
import { type Candidate, decide } from '../../src/matching/match.js';

const candidate = (id: string, score: number): Candidate => ({
  id,
  score,
  features: [],
  matched: id,
  matchedBy: 'equal',
  isCertain: true,
});

test('a record that was found in several ways is one candidate, with its best score and in its place', () => {
  const match = decide([candidate('nl-a', 70), candidate('nl-b', 80), candidate('nl-a', 95), candidate('nl-c', 75)]);
  expect(match.candidates.map(({ id, score }) => [id, score])).toEqual([
    ['nl-a', 95],
    ['nl-b', 80],
    ['nl-c', 75],
  ]);
  expect(match.automatic).toBe('nl-a');
});
