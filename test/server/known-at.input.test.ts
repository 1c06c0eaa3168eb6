import fc from 'fast-check';
import { expect, test } from 'vitest';
import { get, type HttpAnswer, NOTES, pastServer, post, stream } from '../support/past.js';

const { url, revisions } = pastServer();

/** Nearly moments: parts that are right, and parts that are not. */
const nearMoment = fc
  .record({
    year: fc.constantFrom('0000', '0001', '1969', '2026', '9999', '10000', '+12026', '-0044', '26'),
    month: fc.constantFrom('01', '12', '13', '00', '1'),
    day: fc.constantFrom('01', '29', '31', '32', '00'),
    between: fc.constantFrom('T', 't', ' ', '', '_'),
    time: fc.constantFrom('00:00:00', '24:00:00', '23:59:60', '12:61', '12', '12:00:00.1234567890123', '12:00:00,5'),
    offset: fc.constantFrom(
      'Z',
      '+01:00',
      '-12:00',
      '+25:00',
      '+24:00',
      '+01:60',
      '',
      '+1',
      '[Europe/Amsterdam]',
      '+99:99',
    ),
  })
  .map(({ year, month, day, between, time, offset }) => `${year}-${month}-${day}${between}${time}${offset}`);

const hostile = fc.constantFrom(
  '',
  ' ',
  'now',
  'yesterday',
  'null',
  'undefined',
  'NaN',
  '0',
  '-1',
  '1e308',
  '2147483648',
  `${2n ** 64n}`,
  "'; drop table change; --",
  "2026-01-01T00:00:00Z' or '1'='1",
  '1 union select pg_sleep(10)',
  '$1',
  '%00',
  '%s%n',
  '../../etc/passwd',
  '{"$gt":""}',
  '[object Object]',
  '2026-11-24',
  '2026-W48-2',
  '2026-328',
  'infinity',
  '-infinity',
  'epoch',
  'tomorrow',
  'allballs',
  '2026-11-24T14:00:00',
  '١٩٩٩-٠١-٠١T٠٠:٠٠:٠٠Z',
  'Y2hhbmdlLQ',
  'Y2hhbmdlLTE',
  Buffer.from('change-1').toString('base64url'),
  Buffer.from('change-99999999999').toString('base64url'),
  Buffer.from('change-1-0000000000000000').toString('base64url'),
  Buffer.from('change-2147483647-ffffffffffffffff').toString('base64url'),
  'x'.repeat(10_000),
  '2026-11-24T14:00:00+01:00'.padEnd(10_000, '0'),
  '9'.repeat(5_000),
);

const text = fc.oneof(
  { weight: 3, arbitrary: nearMoment },
  { weight: 2, arbitrary: hostile },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map(value => value.replaceAll(/[\ud800-\udfff]/g, '')),
  },
  { weight: 1, arbitrary: fc.base64String({ maxLength: 80 }) },
);

/** A header has no control characters, and no blanks at its ends. */
const headerText = (value: string) => value.replaceAll(/[^\x21-\x7e]/g, '?');

/** A moment of a million years ago or ahead is refused as such; every text that is read at all is a moment in the log. */
const CODES = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'INVALID_CURSOR',
  'INVALID_MOMENT',
  'MOMENT_BEFORE_REGISTER',
  'MOMENT_IN_FUTURE',
];

function check(answer: HttpAnswer, value: string): void {
  const { status, headers, body } = answer;
  // Some random texts are moments of this register.
  if (status === 200 && headers.get('register-known-at') !== null) return;
  // Node refuses a target or a header of more than 16 kB.
  if (status === 431) return;
  const [error] = body?.errors ?? [];
  expect([status, CODES.includes(error?.extensions?.code)], `${value.slice(0, 200)}: ${answer.text}`).toEqual([
    400,
    true,
  ]);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(error.message.length).toBeLessThan(500);
  expect(answer.text).not.toMatch(/change_known_at|\bfrom change|node_modules|\.ts:|\.js:/i);
}

const encode = (value: string) =>
  [...Buffer.from(value)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('');

const WAYS: Record<string, (value: string) => Promise<HttpAnswer>> = {
  'a parameter of a POST': value => post(url(), { query: NOTES, search: { knownAt: value } }),
  'a parameter of a GET': value => get(url(), { query: NOTES, search: { knownAt: value } }),
  'an encoded parameter': value =>
    post(url(), { query: NOTES, search: `%6b%6eown%41t=${encode(value.slice(0, 3_000))}` }),
  'a header of a POST': value => post(url(), { query: NOTES, headers: { 'register-known-at': headerText(value) } }),
  'a header of a GET': value => get(url(), { query: NOTES, headers: { 'register-known-at': headerText(value) } }),
  'a parameter of a stream': value => stream(url(), { query: NOTES, search: { knownAt: value } }),
  'a parameter of an export': value => file({ knownAt: value }),
  'a header of an export': value => file({}, { 'register-known-at': headerText(value) }),
  'two parameters': value =>
    post(url(), { query: NOTES, search: `knownAt=${encode(value.slice(0, 1_000))}&knownAt=x` }),
  'a parameter and another header': value =>
    get(url(), { query: NOTES, search: { knownAt: value.slice(0, 1_000) }, headers: { 'register-known-at': 'x' } }),
};

async function file(search: Record<string, string>, headers: Record<string, string> = {}): Promise<HttpAnswer> {
  const response = await fetch(`${url()}/export/partnerships.ndjson?${new URLSearchParams(search)}`, { headers });
  const body = await response.text();
  const isError = response.status !== 200;
  return {
    status: response.status,
    headers: response.headers,
    text: body,
    body: isError ? JSON.parse(body) : undefined,
  };
}

test.each(Object.entries(WAYS))('a hundred random texts in %s are refused, or name a moment', async (_, send) => {
  await fc.assert(
    fc.asyncProperty(text, async value => check(await send(value), value)),
    { numRuns: 100 },
  );
});

test('the register is as it was', async () => {
  const { body } = await post(url(), { query: NOTES });
  expect(body.data.partnership.notes).toBe(revisions().at(-1)?.notes);
});
