import { describe, vi } from 'vitest';
import { testApi } from '../support/api.js';
import { inputs, refusals } from '../support/refusals.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 10_000 });

const refuses = refusals(testApi());
const { tie, rotterdam, brabant, town, exchange, programme, ministry, vng, rcro, iurc } = inputs;

describe('a record that is not there', () => {
  const gone = { expectedVersion: 1 };
  refuses([
    ['authority', 'reviseAuthority', { ...gone, id: 'nl-nowhere' }, 'NOT_FOUND', 'id', /nl-nowhere/],
    ['partnership', 'revisePartnership', { ...gone, id: 'tie-no-where' }, 'NOT_FOUND', 'id', /tie-no-where/],
    ['programme', 'reviseProgramme', { ...gone, id: 'prog-none' }, 'NOT_FOUND', 'id', /prog-none/],
    ['exchange', 'reviseExchange', { ...gone, id: 'exch-none' }, 'NOT_FOUND', 'id', /exch-none/],
    ['exchange to withdraw', 'withdrawExchange', { ...gone, id: 'exch-none' }, 'NOT_FOUND', 'id', /exch-none/],
    ['organisation', 'reviseOrganisation', { ...gone, id: 'org-none' }, 'NOT_FOUND', 'id', /org-none/],
    ['authority to withdraw', 'withdrawAuthority', { ...gone, id: 'nl-nowhere' }, 'NOT_FOUND', 'id', /nl-nowhere/],
    ['tie to withdraw', 'withdrawPartnership', { ...gone, id: 'tie-no-where' }, 'NOT_FOUND', 'id', /tie-no-where/],
    ['of another type', 'revisePartnership', { ...gone, id: 'nl-rotterdam' }, 'NOT_FOUND', 'id', /nl-rotterdam/],
    ['to end', 'endPartnership', { ...gone, id: 'tie-no-where', since: '2020', reason: 'x' }, 'NOT_FOUND', 'id', /tie/],
    ['Dutch side', 'recordPartnership', tie({ dutch: 'nl-nowhere' }), 'NOT_FOUND', 'dutch', /nl-nowhere/],
    ['Chinese side', 'recordPartnership', tie({ chinese: 'cn-nowhere' }), 'NOT_FOUND', 'chinese', /cn-nowhere/],
    ['encouragedBy', 'recordPartnership', tie({ encouragedBy: 'tie-no-where' }), 'NOT_FOUND', 'encouragedBy', /tie-no/],
    ['parent', 'recordAuthority', town({ parent: 'nl-prov-nowhere' }), 'NOT_FOUND', 'parent', /nl-prov-nowhere/],
    ['Dutch side of an exchange', 'recordExchange', exchange({ dutch: 'nl-none' }), 'NOT_FOUND', 'dutch', /nl-none/],
    ['Chinese side of it', 'recordExchange', exchange({ chinese: 'cn-none' }), 'NOT_FOUND', 'chinese', /cn-none/],
    ['its tie', 'recordExchange', exchange({ partnership: 'tie-none' }), 'NOT_FOUND', 'partnership', /tie-none/],
    ['its programme', 'recordExchange', exchange({ programme: 'prog-none' }), 'NOT_FOUND', 'programme', /prog-none/],
    ['parent organisation', 'recordOrganisation', ministry({ parent: 'org-none' }), 'NOT_FOUND', 'parent', /org-none/],
    [
      'organisations',
      'recordProgramme',
      programme({ organisations: ['org-vng', 'org-x'] }),
      'NOT_FOUND',
      'organisations.1',
      /org-x/,
    ],
    ['authorities', 'reviseProgramme', iurc({ authorities: ['nl-nope'] }), 'NOT_FOUND', 'authorities.0', /nl-nope/],
    [
      'programme to link',
      'linkPartnershipToProgramme',
      brabant({ programme: 'prog-none' }),
      'NOT_FOUND',
      'programme',
      /prog-none/,
    ],
    [
      'link to remove',
      'unlinkPartnershipFromProgramme',
      brabant({ programme: 'prog-fryslan-china-strategy' }),
      'NOT_FOUND',
      'programme',
      /fryslan/,
    ],
  ]);
});

describe('an id that can be none', () => {
  refuses([
    ['empty', 'reviseAuthority', rotterdam({ id: '' }), 'INVALID', 'id', /empty/],
    ['with a space', 'reviseAuthority', rotterdam({ id: 'nl rotterdam' }), 'INVALID', 'id', /nl rotterdam/],
    ['SQL', 'revisePartnership', brabant({ id: "tie-a'; drop table change; --" }), 'INVALID', 'id', /drop table/],
    ['of unknown type', 'reviseExchange', rcro({ id: 'foo-bar' }), 'INVALID', 'id', /foo-bar/],
    ['too long', 'reviseOrganisation', vng({ id: `org-${'x'.repeat(200)}` }), 'INVALID', 'id', /120/],
    ['a reference', 'recordExchange', exchange({ programme: 'x; y' }), 'NOT_FOUND', 'programme', /x; y/],
  ]);
});

describe('a date that the call does not send', () => {
  refuses([
    ['reviseProgramme', 'reviseProgramme', iurc({ startedOn: '2099' }), 'INVALID', 'startedOn', /2023-12-31/],
    [
      'reviseProgramme: both',
      'reviseProgramme',
      iurc({ startedOn: '2099', endedOn: '2098' }),
      'INVALID',
      'endedOn',
      /2098/,
    ],
  ]);
});

describe('the wrong side, or the wrong type', () => {
  refuses([
    [
      'a Chinese Dutch side',
      'recordPartnership',
      tie({ dutch: 'cn-shanghai' }),
      'INVALID',
      'dutch',
      /nl-.*cn-shanghai/,
    ],
    ['a Dutch Chinese side', 'recordPartnership', tie({ chinese: 'nl-delft' }), 'INVALID', 'chinese', /cn-.*nl-delft/],
    ['an exchange turned round', 'recordExchange', exchange({ dutch: 'cn-shanghai' }), 'INVALID', 'dutch', /nl-/],
    ['an exchange turned round again', 'reviseExchange', rcro({ chinese: 'nl-delft' }), 'INVALID', 'chinese', /cn-/],
    [
      'a parent abroad',
      'reviseAuthority',
      rotterdam({ parent: 'cn-prov-jiangsu' }),
      'INVALID',
      'parent',
      /same country/,
    ],
    [
      'a Dutch prefecture',
      'reviseAuthority',
      rotterdam({ prefecture: 'nl-delft' }),
      'INVALID',
      'prefecture',
      /nl-delft/,
    ],
    ['a Chinese level', 'reviseAuthority', rotterdam({ chineseLevel: 'COUNTY' }), 'INVALID', 'chineseLevel', /NL/],
    ['a new tie that has ended', 'recordPartnership', tie({ status: 'ENDED' }), 'INVALID', 'status', /ENDED/],
    [
      'an active one without a start',
      'recordPartnership',
      tie({ status: 'ACTIVE', startedOn: null }),
      'INVALID',
      'status',
      /ACTIVE/,
    ],
    ['two levels', 'recordAuthority', town({ chineseLevel: 'COUNTY' }), 'INVALID', 'dutchLevel', /Exactly one/],
    ['no level', 'recordAuthority', { names: { en: 'Nowhere' } }, 'INVALID', 'dutchLevel', /Exactly one/],
    [
      'an authority as an organisation',
      'recordProgramme',
      programme({ organisations: ['nl-delft'] }),
      'NOT_FOUND',
      'organisations.0',
      /nl-delft/,
    ],
    [
      'an exchange under a tie of others',
      'recordExchange',
      exchange({ partnership: 'tie-rotterdam-shanghai', dutch: 'nl-delft', chinese: 'cn-shanghai' }),
      'INVALID',
      'partnership',
      /nl-rotterdam and cn-shanghai.*nl-delft/,
    ],
    [
      'an exchange under a tie, without sides',
      'recordExchange',
      exchange({ partnership: 'tie-rotterdam-shanghai' }),
      'INVALID',
      'partnership',
      /sides/,
    ],
    [
      'an exchange that loses a side of its tie',
      'reviseExchange',
      rcro({ chinese: null }),
      'INVALID',
      'partnership',
      /sides/,
    ],
    [
      'under a tie that is not named',
      'recordExchange',
      exchange({ underPartnership: true }),
      'INVALID',
      'underPartnership',
      /partnership/,
    ],
    [
      'under a tie, and not',
      'reviseExchange',
      rcro({ underPartnership: false }),
      'INVALID',
      'underPartnership',
      /clear partnership/,
    ],
  ]);
});

describe('a circle', () => {
  refuses([
    ['an authority in itself', 'reviseAuthority', rotterdam({ parent: 'nl-rotterdam' }), 'INVALID', 'parent', /cycle/],
    [
      'a province in its town',
      'reviseAuthority',
      { id: 'nl-prov-zuid-holland', expectedVersion: 1, parent: 'nl-rotterdam' },
      'INVALID',
      'parent',
      /cycle/,
    ],
    [
      'a city in its district',
      'reviseAuthority',
      { id: 'cn-hangzhou', expectedVersion: 1, prefecture: 'cn-yuhang' },
      'INVALID',
      'prefecture',
      /cycle/,
    ],
    ['an organisation in itself', 'reviseOrganisation', vng({ parent: 'org-vng' }), 'INVALID', 'parent', /cycle/],
    [
      'an organisation in its part',
      'reviseOrganisation',
      vng({ parent: 'org-vng-international' }),
      'INVALID',
      'parent',
      /cycle/,
    ],
    [
      'a tie that prompts itself',
      'revisePartnership',
      brabant({ encouragedBy: 'tie-prov-noord-brabant-prov-jiangsu' }),
      'INVALID',
      'encouragedBy',
      /itself/,
    ],
    [
      'a tie that prompts itself through another',
      'revisePartnership',
      brabant({ encouragedBy: 'tie-oss-taizhou' }),
      'INVALID',
      'encouragedBy',
      /itself/,
    ],
    [
      'a renewal before the last one',
      'renewPartnership',
      brabant({ since: '2024-11-14', reason: 'test' }),
      'OVERLAPPING_PERIOD',
      'since',
      /2024-11-15/,
    ],
  ]);
});

describe('what is held already', () => {
  refuses([
    ['a CBS code', 'recordAuthority', town({ code: 'GM0599' }), 'DUPLICATE', 'code', /already/],
    [
      'a GB code, revised',
      'reviseAuthority',
      { id: 'cn-nanjing', expectedVersion: 1, code: '310000' },
      'DUPLICATE',
      'code',
      /already/,
    ],
    [
      'a link',
      'linkPartnershipToProgramme',
      { id: 'tie-breda-yangzhou', expectedVersion: 1, programme: 'prog-breda-yangzhou-five-year-2018-2023' },
      'DUPLICATE',
      'programme',
      /already/,
    ],
  ]);
});

describe('a value against a rule', () => {
  refuses([
    ['a GB code of a Dutch authority', 'recordAuthority', town({ code: '310000' }), 'INVALID', 'code', /NL.*310000/],
    [
      'a CBS code of a Chinese one',
      'reviseAuthority',
      { id: 'cn-nanjing', expectedVersion: 1, code: 'GM0599' },
      'INVALID',
      'code',
      /CN.*GM0599/,
    ],
    ['a Wikidata item', 'reviseAuthority', rotterdam({ wikidataId: 'Q0' }), 'INVALID', 'wikidataId', /Q0/],
    ['a negative budget', 'recordProgramme', programme({ budgetEur: -0.01 }), 'INVALID', 'budgetEur', /-0.01/],
    ['a negative budget, revised', 'reviseProgramme', iurc({ budgetEur: -5 }), 'INVALID', 'budgetEur', /-5/],
    ['names in no language', 'recordOrganisation', ministry({ names: {} }), 'INVALID', 'names', /at least one/],
    [
      'names that are all null',
      'reviseAuthority',
      rotterdam({ names: { nl: null, aliases: ['R'] } }),
      'INVALID',
      'names',
      /at least/,
    ],
    [
      'a title with aliases',
      'recordExchange',
      exchange({ title: { en: 'A', aliases: ['B'] } }),
      'INVALID',
      'title.aliases',
      /alias/,
    ],
    [
      'a role with aliases',
      'recordOrganisation',
      ministry({ role: { en: 'A', aliases: ['B'] } }),
      'INVALID',
      'role.aliases',
      /alias/,
    ],
    [
      'a role with aliases, revised',
      'reviseOrganisation',
      vng({ role: { en: 'A', aliases: ['B'] } }),
      'INVALID',
      'role.aliases',
      /alias/,
    ],
    [
      'a programme that ends before it begins',
      'recordProgramme',
      programme({ startedOn: '2020-05', endedOn: '2020-04-30' }),
      'INVALID',
      'endedOn',
      /2020-05.*2020-04-30/,
    ],
    [
      'an exchange that does',
      'recordExchange',
      exchange({ startedOn: '2020', endedOn: '2019' }),
      'INVALID',
      'endedOn',
      /2020.*2019/,
    ],
    [
      'an organisation that does',
      'recordOrganisation',
      ministry({ startedOn: '2020', endedOn: '2019-12' }),
      'INVALID',
      'endedOn',
      /2019-12/,
    ],
    [
      'an organisation, its end revised',
      'reviseOrganisation',
      vng({ startedOn: '1912', endedOn: '1911' }),
      'INVALID',
      'endedOn',
      /1911/,
    ],
  ]);
});
