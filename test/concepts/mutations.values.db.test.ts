import { describe, expect, test, vi } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import { brief, deep, fingerprint, type Json } from '../support/calls.js';
import { inputs, type Refused, refusals } from '../support/refusals.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 10_000 });

const api = testApi();
const { ask, database } = api;
const refuses = refusals(api);
const { tie, rotterdam, brabant, town, exchange, ministry, vng, rcro, iurc } = inputs;

describe('null where a fact must be known', () => {
  const cleared: [mutation: string, field: string, record: (more: Json) => Json][] = [
    ...['names', 'dutchLevel', 'chineseLevel'].map(it => ['reviseAuthority', it, rotterdam] as never),
    ...['kind', 'origin', 'motives', 'themes', 'support', 'dialogueTopics', 'confidence'].map(
      it => ['revisePartnership', it, brabant] as never,
    ),
    ...['kind', 'title', 'status', 'recurring', 'participants', 'confidence'].map(
      it => ['reviseExchange', it, rcro] as never,
    ),
    ...['kind', 'names', 'contactPoints', 'confidence'].map(it => ['reviseOrganisation', it, vng] as never),
    ...[
      'names',
      'inVngInternationalPortfolio',
      'themes',
      'organisations',
      'authorities',
      'otherPartners',
      'confidence',
    ].map(it => ['reviseProgramme', it, iurc] as never),
  ];
  refuses(
    cleared.map(([mutation, field, record]) => [
      `${mutation}: ${field}`,
      mutation,
      record({ [field]: null }),
      'INVALID',
      field,
      /cannot be cleared/,
    ]),
  );
});

test.each<[mutation: string, input: Json]>([
  ['recordExchange', exchange({ recurring: null, participants: null, confidence: null, underPartnership: null })],
  ['recordPartnership', tie({ origin: null, motives: null, themes: null, support: null, dialogueTopics: null })],
  ['recordProgramme', { names: { en: 'A plan' }, inVngInternationalPortfolio: null, themes: null, authorities: null }],
  ['recordProgramme', { names: { en: 'A plan' }, organisations: null, otherPartners: null, confidence: null }],
  ['recordOrganisation', ministry({ contactPoints: null, confidence: null, role: null, parent: null })],
  ['recordAuthority', town({ parent: null, location: null, chineseLevel: null })],
])('null in an optional field of a new record is as omitted: %s', async (mutation, input) => {
  const state = async (more: Json) => {
    const document = deep(mutation).replaceAll('id version', 'version');
    const { data, errors } = await ask(document, { input: { ...more, dryRun: true } }, ADMIN);
    expect(errors).toBeUndefined();
    expect(data[mutation].userErrors).toEqual([]);
    return data;
  };
  const omitted = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
  expect(await state(input)).toEqual(await state(omitted));
});

describe('a text that cannot be stored', () => {
  const texts: [what: string, text: string, message: RegExp][] = [
    ['with a NUL', 'a\0b', /NUL/],
    ['with half a surrogate pair', 'a\ud800', /surrogate/],
    ['empty', '', /empty/],
    ['of blanks', ' \n\t', /empty/],
    ['of characters that nobody sees', '\u200b\u3164\ufe0f', /empty/],
  ];
  /** Each field with a text: its path in the input, the limit of its length, and a call with a text. */
  const fields: [path: string, limit: number, mutation: string, input: (text: string) => Json][] = [
    ['notes', 10_000, 'revisePartnership', notes => brabant({ notes })],
    ['reason', 10_000, 'revisePartnership', reason => brabant({ reason })],
    ['names.zh', 300, 'recordAuthority', zh => town({ names: { zh } })],
    ['names.aliases.1', 300, 'reviseAuthority', alias => rotterdam({ names: { nl: 'R', aliases: ['ok', alias] } })],
    ['title.en', 300, 'recordExchange', en => exchange({ title: { en } })],
    ['participants.0', 300, 'recordExchange', name => exchange({ participants: [name] })],
    ['source.title', 500, 'recordExchange', title => exchange({ source: { title, publisher: 'P' } })],
    ['source.publisher', 300, 'recordExchange', publisher => exchange({ source: { title: 'T', publisher } })],
    ['role.nl', 1_000, 'reviseOrganisation', nl => vng({ role: { nl } })],
    ['city', 100, 'reviseOrganisation', city => vng({ city })],
    ['contactPoints.0.value', 2_000, 'reviseOrganisation', value => vng({ contactPoints: [{ type: 'ROLE', value }] })],
    ['iatiId', 100, 'reviseProgramme', iatiId => iurc({ iatiId })],
    ['dutch', 120, 'recordPartnership', dutch => tie({ dutch })],
    ['organisations.0', 120, 'reviseProgramme', id => iurc({ organisations: [id] })],
    ['programme', 120, 'linkPartnershipToProgramme', id => brabant({ programme: id })],
  ];
  refuses(
    fields.flatMap(([path, limit, mutation, input]): Refused[] => [
      ...texts.map(
        ([what, text, message]): Refused => [
          `${mutation}: ${path} ${what}`,
          mutation,
          input(text),
          'INVALID',
          path,
          message,
        ],
      ),
      [
        `${mutation}: ${path} of ${limit + 1} characters`,
        mutation,
        input('x'.repeat(limit + 1)),
        'INVALID',
        path,
        new RegExp(`^${path} can have at most ${limit} characters; got ${limit + 1}\\.$`),
      ],
    ]),
  );
  refuses([
    [
      'a list of 201',
      'reviseExchange',
      rcro({ participants: Array(201).fill('x') }),
      'INVALID',
      'participants',
      /200.*201/,
    ],
  ]);

  test('several at once are all named', async () => {
    const input = brabant({ notes: '', reason: 'a\0', source: { title: ' ', publisher: 'P' } });
    const { data } = await ask(brief('revisePartnership'), { input }, ADMIN);
    const paths = data.revisePartnership.userErrors.map(({ path }: Json) => path.join('.')).sort();
    expect(paths).toEqual(['input.notes', 'input.reason', 'input.source.title']);
  });
});

describe('a web address', () => {
  refuses([
    [
      'of a contact point that runs code',
      'reviseOrganisation',
      vng({ contactPoints: [{ type: 'URL', value: 'javascript:alert(1)' }] }),
      'INVALID',
      'contactPoints.0.value',
      /javascript.*http:\/\/ or https:\/\//,
    ],
    [
      'of a contact point with a password',
      'reviseOrganisation',
      vng({ contactPoints: [{ type: 'URL', value: 'https://user:secret@example.nl' }] }),
      'INVALID',
      'contactPoints.0.value',
      /^(?!.*secret).*without a user name or password/,
    ],
  ]);

  test('is stored in its normal form', async () => {
    const input = {
      kind: 'MINISTRY',
      names: { en: 'Addressed' },
      website: 'HTTPS://Example.NL',
      contactPoints: [
        { type: 'URL', value: ' https://example.nl/友' },
        { type: 'POSTAL', value: 'https is not here' },
      ],
    };
    const document = `mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) {
      organisation { website contactPoints { value } } userErrors { code } } }`;
    const { data, errors } = await ask(document, { input }, ADMIN);
    expect(errors).toBeUndefined();
    expect(data.recordOrganisation).toEqual({
      organisation: {
        website: 'https://example.nl/',
        contactPoints: [{ value: 'https://example.nl/%E5%8F%8B' }, { value: 'https is not here' }],
      },
      userErrors: [],
    });
  });
});

describe('null where a field may be left out', () => {
  test('the level of the other country, of a new authority', async () => {
    const document = `mutation($input: RecordAuthorityInput!) { recordAuthority(input: $input) {
      authority { id } userErrors { rule path } } }`;
    const names = { en: 'Nowhere' };
    for (const [id, levels] of [
      ['cn-nowhere', { dutchLevel: null, chineseLevel: 'COUNTY' }],
      ['nl-nowhere', { dutchLevel: 'MUNICIPALITY', chineseLevel: null }],
    ] as const) {
      const { data } = await ask(document, { input: { names, ...levels } }, ADMIN);
      expect(data.recordAuthority).toEqual({ authority: { id }, userErrors: [] });
    }
    const { data } = await ask(document, { input: { names, dutchLevel: null, chineseLevel: null } }, ADMIN);
    expect(data.recordAuthority.userErrors).toEqual([{ rule: 'ONE_LEVEL', path: ['input', 'dutchLevel'] }]);
  });
});

describe('what the schema refuses, before anything runs', () => {
  test.each<[what: string, mutation: string, input: Json, message: RegExp]>([
    ['a day that is not in the calendar', 'revisePartnership', brabant({ startedOn: '2019-02-30' }), /2019-02-30/],
    ['a date in words', 'endPartnership', brabant({ since: 'yesterday', reason: 'x' }), /yesterday/],
    ['an unknown theme', 'revisePartnership', brabant({ themes: ['MAGIC'] }), /MAGIC/],
    ['a country without authorities', 'recordOrganisation', ministry({ country: 'XX' }), /XX/],
    ['an address that runs code', 'reviseOrganisation', vng({ website: 'javascript:alert(1)' }), /http/],
    ['a website without a host', 'reviseOrganisation', vng({ website: 'https://' }), /http/],
    ['a latitude of 91', 'reviseAuthority', rotterdam({ location: { latitude: 91, longitude: 0 } }), /91/],
    ['half a place', 'reviseAuthority', rotterdam({ location: { latitude: 1 } }), /longitude/],
    ['no version', 'revisePartnership', { id: 'tie-rotterdam-shanghai' }, /expectedVersion/],
    ['a version beyond all', 'revisePartnership', brabant({ expectedVersion: 2 ** 31 }), /2147483648/],
    ['a field of another concept', 'revisePartnership', brabant({ status: 'ENDED' }), /status/],
    ['dryRun: null', 'revisePartnership', brabant({ dryRun: null }), /dryRun/],
  ])('%s', async (_, mutation, input, message) => {
    const before = await fingerprint(database());
    const { data, errors } = await ask(brief(mutation), { input }, ADMIN);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(message);
    expect(await fingerprint(database())).toEqual(before);
  });
});
