import { describe, expect, test, vi } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import { brief, fingerprint, type Json } from '../support/calls.js';
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

describe('a text that cannot be kept', () => {
  const texts: [what: string, text: string, message: RegExp][] = [
    ['with a NUL', 'a\0b', /NUL/],
    ['with half a surrogate pair', 'a\ud800', /surrogate/],
    ['empty', '', /empty/],
    ['of blanks', ' \n\t', /empty/],
    ['of 10,001 characters', 'x'.repeat(10_001), /10000.*10001/],
  ];
  refuses(
    texts.flatMap(([what, text, message]): Refused[] => [
      [`notes ${what}`, 'revisePartnership', brabant({ notes: text }), 'INVALID', 'notes', message],
      [`a reason ${what}`, 'revisePartnership', brabant({ reason: text }), 'INVALID', 'reason', message],
      [`a name ${what}`, 'recordAuthority', town({ names: { zh: text } }), 'INVALID', 'names.zh', message],
      [
        `an alias ${what}`,
        'reviseAuthority',
        rotterdam({ names: { nl: 'R', aliases: ['ok', text] } }),
        'INVALID',
        'names.aliases.1',
        message,
      ],
      [
        `a source ${what}`,
        'recordExchange',
        exchange({ source: { title: text, publisher: 'P' } }),
        'INVALID',
        'source.title',
        message,
      ],
      [
        `a contact point ${what}`,
        'reviseOrganisation',
        vng({ contactPoints: [{ type: 'ROLE', value: text }] }),
        'INVALID',
        'contactPoints.0.value',
        message,
      ],
      [`a side ${what}`, 'recordPartnership', tie({ dutch: text }), 'INVALID', 'dutch', message],
      [`a partner ${what}`, 'reviseProgramme', iurc({ organisations: [text] }), 'INVALID', 'organisations.0', message],
      [
        `a programme to link ${what}`,
        'linkPartnershipToProgramme',
        brabant({ programme: text }),
        'INVALID',
        'programme',
        message,
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

describe('what the schema refuses, before anything runs', () => {
  test.each<[what: string, mutation: string, input: Json, message: RegExp]>([
    ['a day that is not in the calendar', 'revisePartnership', brabant({ startedOn: '2019-02-30' }), /2019-02-30/],
    ['a date in words', 'endPartnership', brabant({ since: 'yesterday', reason: 'x' }), /yesterday/],
    ['an unknown theme', 'revisePartnership', brabant({ themes: ['MAGIC'] }), /MAGIC/],
    ['a country without authorities', 'recordOrganisation', ministry({ country: 'XX' }), /XX/],
    ['an address that runs code', 'reviseOrganisation', vng({ website: 'javascript:alert(1)' }), /http/],
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
