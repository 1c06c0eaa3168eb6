import sql from 'sql-template-tag';
import { recordAuthorityCommand, reviseAuthorityCommand } from '../authority/authority.commands.js';
import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from '../authority/authority.enums.js';
import { authorityTable } from '../authority/authority.export.js';
import { authorityFacts } from '../authority/authority.input.js';
import type { Authority } from '../authority/authority.js';
import { authoritySubject } from '../authority/authority.subject.js';
import { SubjectType } from '../change/change.js';
import { exchangeKeys, findExchanges } from '../exchange/duplicates.js';
import { recordExchangeCommand, reviseExchangeCommand } from '../exchange/exchange.commands.js';
import { exchangeTable } from '../exchange/exchange.export.js';
import { exchangeFacts, requiredExchangeFacts } from '../exchange/exchange.input.js';
import type { Exchange } from '../exchange/exchange.js';
import { exchangeSubject } from '../exchange/exchange.subject.js';
import { exportColumn } from '../export/table.js';
import { queryRows } from '../graph/sql/query.js';
import { recordOrganisationCommand, reviseOrganisationCommand } from '../organisation/organisation.commands.js';
import { organisationTable } from '../organisation/organisation.export.js';
import { organisationFacts } from '../organisation/organisation.input.js';
import type { Organisation } from '../organisation/organisation.js';
import { organisationSubject } from '../organisation/organisation.subject.js';
import { recordPartnershipCommand, revisePartnershipCommand } from '../partnership/partnership.commands.js';
import { partnershipTable } from '../partnership/partnership.export.js';
import { partnershipFacts, sides } from '../partnership/partnership.input.js';
import type { Partnership } from '../partnership/partnership.js';
import { partnershipSubject } from '../partnership/partnership.subject.js';
import { PERIODS } from '../partnership/uniqueness.js';
import { recordProgrammeCommand, reviseProgrammeCommand } from '../programme/programme.commands.js';
import { programmeTable } from '../programme/programme.export.js';
import { programmeFacts } from '../programme/programme.input.js';
import type { Programme } from '../programme/programme.js';
import { programmeSubject } from '../programme/programme.subject.js';
import { authorityProblems, countryOf } from './authority-country.js';
import type { FactsInput, ProposalConcept } from './concept.js';
import { SUCCESSOR_CODE } from './identify-successors.js';
import { idsByColumn } from './ids-by-column.js';
import { type Leaf, leavesOf } from './leaf.js';
import { restorePartners, restorePeriods } from './restore-links.js';
import { isOfStatus, statusLeaves } from './status-change.js';
import { STATEMENTS } from './wikidata-statement.js';

/** Columns that describe a record, and are maintained by the register. */
const MAINTAINED = [
  'id',
  'version',
  'createdAt',
  'updatedAt',
  'sources',
  'statusPeriodSources',
  'attribution',
  // Of Parquet, which DuckDB writes into other files.
  'geometry',
  STATEMENTS,
];

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function authorityLeaves(): Map<string, Leaf> {
  const leaves = leavesOf(authorityFacts);
  const level = { ...DutchAuthorityLevel, ...ChineseAuthorityLevel };
  leaves.set('level', leavesOf({ level: [() => level, ''] }).get('level') as Leaf);
  const code = leaves.get('code') as Leaf;
  for (const path of ['cbsCode', 'gbCode']) leaves.set(path, { ...code, path });
  for (const path of ['dutchLevel', 'chineseLevel']) leaves.set(path, leaves.get('level') as Leaf);
  return leaves;
}

const codeOf = ({ code, cbsCode, gbCode }: FactsInput) => textOf(code) ?? textOf(cbsCode) ?? textOf(gbCode);

const authority: ProposalConcept<Authority> = {
  type: SubjectType.AUTHORITY,
  prefixes: ['nl', 'cn'],
  nameType: 'Authority',
  subject: authoritySubject,
  table: authorityTable,
  extraColumns: [exportColumn('code', 'a.code')],
  leaves: authorityLeaves(),
  ignored: new Set([...MAINTAINED, SUCCESSOR_CODE]),
  onlyNew: new Set(),
  required: ['level'],
  uniqueCode: { column: 'code', paths: ['code', 'cbsCode', 'gbCode'] },
  locks: ['authority.parent', 'authority.succeededBy'],
  record: recordAuthorityCommand as ProposalConcept<Authority>['record'],
  revise: reviseAuthorityCommand,
  problemsOf: authorityProblems,
  complete: (input, row) => {
    const { level, ...others } = input;
    if (level === undefined) return;
    const field = countryOf(row, level) === Country.NL ? 'dutchLevel' : 'chineseLevel';
    for (const name of Object.keys(input)) delete input[name];
    Object.assign(input, others, { [field]: level });
  },
  find: async (em, rows) => {
    const codes = await idsByColumn(em, 'authority', 'code', rows.map(codeOf));
    const items = await idsByColumn(
      em,
      'authority',
      'wikidata_id',
      rows.map(({ wikidataId }) => textOf(wikidataId)),
    );
    return rows.map(row => {
      const [code, item] = [codeOf(row), textOf(row.wikidataId)];
      if (code === undefined && item === undefined) return undefined;
      const ids = new Set([...(codes.get(code ?? '') ?? []), ...(items.get(item ?? '') ?? [])]);
      // A code of an authority of another country contradicts the row.
      const isOfCountry = (id: string) =>
        (row.country !== Country.NL && row.country !== Country.CN) || id.startsWith(`${row.country.toLowerCase()}-`);
      return [...ids].filter(isOfCountry);
    });
  },
  keysOf: values => [codeOf(values), textOf(values.wikidataId)].filter(key => key !== undefined),
  sharedPaths: [['code'], ['cbsCode'], ['gbCode'], ['wikidataId']],
};

const partnershipLeaves = new Map([...leavesOf({ ...sides, ...partnershipFacts }), ...statusLeaves]);

const partnership: ProposalConcept<Partnership> = {
  type: SubjectType.PARTNERSHIP,
  prefixes: ['tie'],
  subject: partnershipSubject,
  table: partnershipTable,
  leaves: partnershipLeaves,
  hasSides: true,
  isOfStatus,
  ignored: new Set(MAINTAINED),
  onlyNew: new Set(['dutch.id', 'chinese.id']),
  required: ['dutch.id', 'chinese.id', 'kind'],
  locks: ['partnership.encouragedBy', PERIODS],
  record: recordPartnershipCommand as unknown as ProposalConcept<Partnership>['record'],
  revise: revisePartnershipCommand as ProposalConcept<Partnership>['revise'],
  find: async (em, rows) => {
    const wanted = rows.map(row => [textOf(row['dutch.id']), textOf(row['chinese.id'])] as const);
    const query = sql`select dutch_id as dutch, chinese_id as chinese, array_agg(id order by id) as ids from partnership
      where (dutch_id, chinese_id) in (select * from unnest(
        ${wanted.map(([dutch]) => dutch ?? null)}::text[], ${wanted.map(([, chinese]) => chinese ?? null)}::text[]))
      group by 1, 2`;
    const rowsFound = await queryRows<{ dutch: string; chinese: string; ids: string[] }>(em, query);
    const ids = new Map(rowsFound.map(row => [`${row.dutch} ${row.chinese}`, row.ids]));
    return wanted.map(([dutch, chinese]) =>
      dutch === undefined || chinese === undefined ? undefined : (ids.get(`${dutch} ${chinese}`) ?? []),
    );
  },
  keysOf: row =>
    textOf(row['dutch.id']) && textOf(row['chinese.id']) ? [`${row['dutch.id']} ${row['chinese.id']}`] : [],
  sharedPaths: [['dutch.id', 'chinese.id']],
  restore: restorePeriods,
};

const programme: ProposalConcept<Programme> = {
  type: SubjectType.PROGRAMME,
  prefixes: ['prog'],
  nameType: 'Programme',
  subject: programmeSubject,
  table: programmeTable,
  leaves: leavesOf(programmeFacts),
  ignored: new Set(MAINTAINED),
  onlyNew: new Set(),
  required: [],
  uniqueCode: { column: 'iati_id', paths: ['iatiId'] },
  locks: [],
  record: recordProgrammeCommand as ProposalConcept<Programme>['record'],
  revise: reviseProgrammeCommand as ProposalConcept<Programme>['revise'],
  find: async (em, rows) => {
    const ids = await idsByColumn(
      em,
      'programme',
      'iati_id',
      rows.map(({ iatiId }) => textOf(iatiId)),
    );
    return rows.map(({ iatiId }) => (textOf(iatiId) === undefined ? undefined : (ids.get(iatiId as string) ?? [])));
  },
  keysOf: ({ iatiId }) => (textOf(iatiId) === undefined ? [] : [iatiId as string]),
  sharedPaths: [['iatiId']],
  restore: restorePartners,
};

const exchange: ProposalConcept<Exchange> = {
  type: SubjectType.EXCHANGE,
  prefixes: ['exch'],
  subject: exchangeSubject,
  table: exchangeTable,
  leaves: leavesOf(exchangeFacts),
  hasSides: true,
  ignored: new Set(MAINTAINED),
  onlyNew: new Set(),
  required: requiredExchangeFacts.filter(field => field === 'kind' || field === 'status'),
  locks: [],
  record: recordExchangeCommand as ProposalConcept<Exchange>['record'],
  revise: reviseExchangeCommand as ProposalConcept<Exchange>['revise'],
  find: (em, rows) => findExchanges(em, rows.map(exchangeFactsOf)),
  keysOf: values => exchangeKeys(exchangeFactsOf(values)),
  sharedPaths: [['startedOn', 'dutch.id', 'chinese.id']],
};

const exchangeFactsOf = (values: FactsInput) => ({
  titles: ['nl', 'en', 'zh', 'pinyin'].flatMap(language => textOf(values[`title.${language}`]) ?? []),
  dutch: textOf(values['dutch.id']) ?? null,
  chinese: textOf(values['chinese.id']) ?? null,
  startedOn: textOf(values.startedOn) ?? null,
});

const organisation: ProposalConcept<Organisation> = {
  type: SubjectType.ORGANISATION,
  prefixes: ['org'],
  nameType: 'Organisation',
  subject: organisationSubject,
  table: organisationTable,
  leaves: leavesOf(organisationFacts),
  ignored: new Set(MAINTAINED),
  onlyNew: new Set(),
  required: ['kind'],
  locks: ['organisation.parent'],
  record: recordOrganisationCommand as ProposalConcept<Organisation>['record'],
  revise: reviseOrganisationCommand as ProposalConcept<Organisation>['revise'],
  find: async (_, rows) => rows.map(() => undefined),
  keysOf: () => [],
  sharedPaths: [],
};

/** All concepts. */
export const CONCEPTS = [
  authority,
  partnership,
  programme,
  exchange,
  organisation,
] as unknown as readonly ProposalConcept[];

/** Returns the concept of a type of records. */
export function conceptOf(type: SubjectType): ProposalConcept {
  return CONCEPTS.find(concept => concept.type === type) as ProposalConcept;
}

/** Returns the concept of the record with an id. */
export function conceptOfId(id: string): ProposalConcept | undefined {
  return CONCEPTS.find(({ prefixes }) => prefixes.some(prefix => id.startsWith(`${prefix}-`)));
}
