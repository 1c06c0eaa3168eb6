import { beforeAll, describe, expect, test } from 'vitest';
import { KEY } from '../support/feed.js';
import { answerOf, type HttpAnswer, pastServer, post } from '../support/past.js';

const { url } = pastServer();

const OLD = 'Breda';
const NEW = 'Zwartewaterstad';

/** Cursors of before and after an authority got another name. */
let before: string;
let after: string;

beforeAll(async () => {
  const { body } = await post(url(), { query: '{ latestChangeCursor authority(id: "nl-breda") { version } }' });
  before = body.data.latestChangeCursor;
  const names = `{ nl: "${NEW}", en: "${NEW}", zh: "黑水城", pinyin: "${NEW}", aliases: [] }`;
  const revised = await post(url(), {
    query: `mutation { reviseAuthority(input: { id: "nl-breda", expectedVersion: ${body.data.authority.version}, names: ${names} }) {
      userErrors { message } change { cursor } } }`,
    headers: { authorization: `Bearer ${KEY}` },
  });
  expect(revised.body.data.reviseAuthority.userErrors).toEqual([]);
  after = revised.body.data.reviseAuthority.change.cursor;
});

const QUERIES = JSON.stringify({ q0: { query: OLD, type: 'Authority' } });
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const EXTENSION = JSON.stringify({ ids: ['nl-breda'], properties: [{ id: 'names.nl' }] });
const MATCH = JSON.stringify({
  queries: [{ type: 'Authority', conditions: [{ matchType: 'name', propertyValue: OLD }] }],
});

/** Adds parameters to a path. */
const at = (path: string, parameters: Record<string, string>) =>
  `${url()}${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}`;

const sent = (body: string, type = 'application/json'): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': type },
  body,
});

/** The routes that read records: their answers have the old name only before the change. */
const READING: [route: string, path: string, init: RequestInit][] = [
  ['a match of 0.2', `/reconcile?queries=${encodeURIComponent(QUERIES)}`, {}],
  ['a match in a form', '/reconcile', sent(String(new URLSearchParams({ queries: QUERIES })), FORM['content-type'])],
  ['a match of 1.0', '/reconcile/1.0-draft/match', sent(MATCH)],
  ['a preview', '/reconcile/preview?id=nl-breda', {}],
  ['a flyout', '/reconcile/flyout/entity?id=nl-breda', {}],
  ['suggestions', `/reconcile/suggest/entity?prefix=${OLD}&type=Authority`, {}],
  ['an extension of 0.2', `/reconcile?extend=${encodeURIComponent(EXTENSION)}`, {}],
  ['an extension of 1.0', '/reconcile/1.0-draft/extend', sent(EXTENSION)],
];

const OTHERS: [route: string, path: string, init: RequestInit][] = [
  ['the manifest', '/reconcile', {}],
  ['types', '/reconcile/suggest/type?prefix=', {}],
  ['proposals', '/reconcile/extend/propose', {}],
];

const ask = async (path: string, init: RequestInit, parameters = {}, headers: Record<string, string> = {}) =>
  answerOf(await fetch(at(path, parameters), { ...init, headers: { ...init.headers, ...headers } }));

const stateOf = ({ headers }: HttpAnswer) => [headers.get('register-cursor'), headers.get('register-known-at')];

describe.each(READING)('%s', (_, path, init) => {
  test('reads the records of the moment, by parameter and by header', async () => {
    const hasOldName = ({ text }: HttpAnswer) => /\bBreda\b/.test(text.replaceAll(/"query":"Breda"/g, ''));
    for (const answer of [
      await ask(path, init, { knownAt: before }),
      await ask(path, init, {}, { 'register-known-at': before }),
    ]) {
      expect([answer.status, hasOldName(answer)], answer.text).toEqual([200, true]);
      expect(stateOf(answer)).toEqual([before, before]);
      expect(answer.headers.get('vary')).toContain('Register-Known-At');
      expect(answer.headers.get('access-control-expose-headers')).toContain('register-known-at');
    }
    const later = await ask(path, init, { knownAt: after });
    expect([later.status, hasOldName(later), ...stateOf(later)], later.text).toEqual([200, false, after, after]);
    const present = await ask(path, init);
    expect([present.status, hasOldName(present), ...stateOf(present)], present.text).toEqual([200, false, after, null]);
  });
});

test.each([...READING, ...OTHERS])('%s: a moment that is none is refused', async (_, path, init) => {
  const refusals = [
    await ask(path, init, { knownAt: 'zz' }),
    await ask(path, init, {}, { 'register-known-at': 'zz' }),
    await ask(path, init, { knownAt: before }, { 'register-known-at': after }),
  ];
  expect(refusals.map(({ status, body }) => [status, body.errors[0].extensions.code])).toEqual([
    [400, expect.stringMatching('INVALID')],
    [400, expect.stringMatching('INVALID')],
    [400, 'BAD_REQUEST'],
  ]);
});

test.each(OTHERS)('%s names the moment', async (_, path, init) => {
  expect(stateOf(await ask(path, init, { knownAt: before }))).toEqual([before, before]);
});

test('a form may have the moment', async () => {
  const form = sent(String(new URLSearchParams({ queries: QUERIES, knownAt: before })), FORM['content-type']);
  expect(stateOf(await ask('/reconcile', form))).toEqual([before, before]);
  const { body } = await ask('/reconcile', form, {}, { 'register-known-at': after });
  expect(body.errors[0].extensions).toMatchObject({
    rule: 'KNOWN_AT_DISAGREES',
    params: { name: 'Register-Known-At' },
  });
});

test('the pages of a manifest are of its moment', async () => {
  for (const path of ['/reconcile', '/reconcile/1.0-draft']) {
    const { body } = await ask(path, {}, { knownAt: before });
    const page = await fetch(body.view.url.replace(/\{+id\}+/, 'nl-breda'));
    expect(await page.text()).toContain(OLD);
  }
});
