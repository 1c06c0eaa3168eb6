import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { changeCursor } from '../../src/change/cursor.js';
import { parseMoment } from '../../src/change/moment-text.js';
import { inAmsterdam } from '../../src/graph/types/amsterdam-time.js';

const instantOf = (text: string) => new Date((parseMoment(text) as { instant: number }).instant).toISOString();

function refusalOf(text: string): { code: unknown; rule: unknown; message: string } {
  try {
    parseMoment(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { code: error.extensions.code, rule: error.extensions.rule, message: error.message };
  }
  throw new Error(`${text} was accepted.`);
}

describe('an instant', () => {
  test.each([
    ['2026-11-24T14:00:00+01:00', '2026-11-24T13:00:00.000Z'],
    // A decoder of URLs makes a space of a `+` that was not encoded.
    ['2026-11-24T14:00:00 01:00', '2026-11-24T13:00:00.000Z'],
    ['2026-11-24T13:00:00Z', '2026-11-24T13:00:00.000Z'],
    ['2026-11-24t13:00z', '2026-11-24T13:00:00.000Z'],
    ['2026-11-24T13:00:00.5Z', '2026-11-24T13:00:00.500Z'],
    // Times of the log have milliseconds: what is more exact names the same prefix.
    ['2026-11-24T13:00:00.123999999-00:30', '2026-11-24T13:30:00.123Z'],
    ['2024-02-29T00:00:00+14:00', '2024-02-28T10:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('%s', (text, instant) => expect(instantOf(text)).toBe(instant));
});

test('a change cursor is a position', () => {
  const position = { id: 7, mark: '0123456789abcdef' };
  expect(parseMoment(changeCursor(position))).toEqual(position);
});

describe('a day is refused, with both instants of it in Amsterdam', () => {
  test.each([
    ['2026-11-24', '2026-11-24T00:00:00+01:00', '2026-11-24T23:59:59.999+01:00'],
    ['2026-07-01', '2026-07-01T00:00:00+02:00', '2026-07-01T23:59:59.999+02:00'],
    // The clocks go forward and back in the night: the day begins and ends with another offset.
    ['2026-03-29', '2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59.999+02:00'],
    ['2026-10-25', '2026-10-25T00:00:00+02:00', '2026-10-25T23:59:59.999+01:00'],
    ['9999-12-31', '9999-12-31T00:00:00+01:00', '9999-12-31T23:59:59.999+01:00'],
  ])('%s', (day, start, end) => {
    expect(refusalOf(day)).toEqual({
      code: 'INVALID_MOMENT',
      rule: 'MOMENT_WITHOUT_TIME',
      message: `"${day}" is a day, not a moment. In Amsterdam it begins at ${start} and ends at ${end}: use one of these.`,
    });
    expect(instantOf(end)).toBe(new Date(end).toISOString());
  });

  test('a day before Amsterdam had whole minutes is offered in UTC', () => {
    expect(inAmsterdam('0002-01-01T00:00:00')).toMatch(/^0001-12-31T23:4\d:\d\dZ$/);
  });
});

test('a time without an offset is refused, with that of Amsterdam', () => {
  expect(refusalOf('2026-07-01T14:00')).toEqual({
    code: 'INVALID_MOMENT',
    rule: 'MOMENT_WITHOUT_OFFSET',
    message:
      '"2026-07-01T14:00" has no offset, so it is another moment in each time zone. For the time in Amsterdam write 2026-07-01T14:00:00+02:00.',
  });
  // Shown twice: the earlier. Skipped: an hour later.
  expect(inAmsterdam('2026-10-25T02:30:00')).toBe('2026-10-25T02:30:00+02:00');
  expect(inAmsterdam('2026-03-29T02:30:00')).toBe('2026-03-29T03:30:00+02:00');
});

describe('what is no moment is refused with the forms', () => {
  const forms =
    'is not a moment: write an instant with its offset, such as 2026-11-24T14:00:00+01:00 or 2026-11-24T13:00:00Z, in a year from 0001 to 9999, or the cursor of a change.';
  test.each([
    '',
    ' ',
    'now',
    'yesterday',
    '2026',
    '2026-11',
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-24T24:00:00Z',
    '2026-11-24T23:59:60Z',
    '2026-11-24T14:00:00+25:00',
    '2026-11-24T14:00:00+01:60',
    '2026-11-24T14:00:00.Z',
    '2026-11-24 14:00:00Z',
    '0000-01-01',
    '0000-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '1795528800',
    "2026-11-24T14:00:00Z'; drop table change; --",
    '\u0000',
    '２０２６-11-24T14:00:00Z',
  ])('%j', text => {
    expect(refusalOf(text)).toEqual({
      code: 'INVALID_MOMENT',
      rule: 'MOMENT_UNREADABLE',
      message: `${JSON.stringify(text)} ${forms}`,
    });
  });

  test('abbreviated, if it is long', () => {
    const { message } = refusalOf('x'.repeat(10_000));
    expect(message).toBe(`"${'x'.repeat(56)}… (10002 characters) ${forms}`);
  });
});
