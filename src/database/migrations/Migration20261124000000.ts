import { Migration } from '@mikro-orm/migrations';
import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from '../../authority/authority.enums.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from '../../exchange/exchange.enums.js';
import { OrganisationKind } from '../../organisation/organisation.enums.js';
import {
  DialogueTopic,
  PartnershipKind,
  PartnershipMotive,
  PartnershipOrigin,
  PartnershipStatus,
  SupportBase,
  Theme,
} from '../../partnership/partnership.enums.js';
import { Confidence } from '../../source/confidence.js';
import { dayColumn, dayIndexes, listed, oneOf, recordColumns, someOf } from './ddl.js';

const { NOT_YET_STARTED: _, ...recordedStatuses } = PartnershipStatus;

/** Creates the register: concepts, links between them, sources and citations, and search documents. */
export class Migration20261124000000 extends Migration {
  override name = 'Migration20261124000000';

  override up(): void {
    for (const statement of [...types, ...concepts, ...links, ...evidence, ...search]) this.addSql(statement);
  }

  override down(): void {
    const tables = [
      'search_document',
      'citation',
      'source',
      'exchange',
      'programme_partnership',
      'programme_authority',
    ];
    tables.push('programme_organisation', 'programme', 'status_period', 'partnership', 'organisation', 'authority');
    for (const table of tables) this.addSql(`drop table ${table}`);
    this.addSql('drop domain partial_date');
  }
}

// The cast rejects days that are not in the calendar; the pattern rejects other date formats that the cast would accept.
const types = [
  `create domain partial_date as text collate "C" check (
    value ~ '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'
    and (value || substr('0000-01-01', length(value) + 1))::date >= '0001-01-01')`,
];

const concepts = [
  `create table authority (
    ${recordColumns('(nl|cn)')},
    country text not null ${oneOf('country', { NL: Country.NL, CN: Country.CN })},
    level text not null,
    names jsonb not null check (jsonb_typeof(names) = 'object'),
    sort_name text collate "C" not null,
    code text collate "C" unique,
    parent_id text collate "C" references authority,
    prefecture_id text collate "C" references authority,
    latitude double precision check (latitude between -90 and 90),
    longitude double precision check (longitude between -180 and 180),
    wikidata_id text check (wikidata_id ~ '^Q[1-9][0-9]*$'),
    dissolved_on partial_date,
    check (id like lower(country) || '-%'),
    check ((latitude is null) = (longitude is null)),
    check (parent_id <> id and prefecture_id <> id),
    check (case country when 'NL' then level in (${listed(DutchAuthorityLevel)}) and code ~ '^[A-Z]{2}[0-9]{2,4}$'
                        else level in (${listed(ChineseAuthorityLevel)}) and code ~ '^[0-9]{6}$' end))`,
  'create index on authority (sort_name, id)',
  'create index on authority (updated_at, id)',
  'create index on authority (country, level)',
  'create index on authority (parent_id)',
  'create index on authority (prefecture_id)',

  `create table organisation (
    ${recordColumns('org')},
    kind text not null ${oneOf('kind', OrganisationKind)},
    names jsonb not null check (jsonb_typeof(names) = 'object'),
    sort_name text collate "C" not null,
    role jsonb not null check (jsonb_typeof(role) = 'object'),
    city text,
    country text ${oneOf('country', Country)},
    parent_id text collate "C" references organisation check (parent_id <> id),
    started_on partial_date,
    ended_on partial_date,
    website text,
    contact_points jsonb not null check (jsonb_typeof(contact_points) = 'array'),
    notes text,
    confidence text not null ${oneOf('confidence', Confidence)})`,
  'create index on organisation (sort_name, id)',
  'create index on organisation (updated_at, id)',
  'create index on organisation (kind)',
  'create index on organisation (country)',
  'create index on organisation (parent_id)',

  `create table partnership (
    ${recordColumns('tie')},
    dutch_id text collate "C" not null references authority check (dutch_id like 'nl-%'),
    chinese_id text collate "C" not null references authority check (chinese_id like 'cn-%'),
    kind text not null ${oneOf('kind', PartnershipKind)},
    status text not null ${oneOf('status', recordedStatuses)},
    status_since partial_date,
    started_on partial_date,
    ended_on partial_date,
    last_evidence_on partial_date,
    ${dayColumn('started')}, ${dayColumn('ended')}, ${dayColumn('last_evidence')},
    origin text not null ${oneOf('origin', PartnershipOrigin)},
    encouraged_by_id text collate "C" references partnership check (encouraged_by_id <> id),
    motives text[] not null default '{}' ${someOf('motives', PartnershipMotive)},
    themes text[] not null default '{}' ${someOf('themes', Theme)},
    support text[] not null default '{}' ${someOf('support', SupportBase)},
    dialogue_topics text[] not null default '{}' ${someOf('dialogue_topics', DialogueTopic)},
    notes text,
    confidence text not null ${oneOf('confidence', Confidence)},
    constraint partnership_end_not_before_start check (ended_on || substr('0000-12-31', length(ended_on) + 1) >= started_day),
    constraint partnership_ended_has_end check ((status = 'ENDED') = (ended_on is not null)))`,
  // Two authorities have at most one partnership that has not ended.
  'create unique index partnership_one_open_tie on partnership (dutch_id, chinese_id) where ended_on is null',
  'create index on partnership (dutch_id, chinese_id)',
  'create index on partnership (chinese_id)',
  'create index on partnership (encouraged_by_id)',
  'create index on partnership (updated_at, id)',
  ...dayIndexes('partnership', 'started', 'ended', 'last_evidence'),
  ...['kind', 'status', 'origin', 'confidence'].map(column => `create index on partnership (${column})`),
  ...['motives', 'themes', 'support', 'dialogue_topics'].map(
    column => `create index on partnership using gin (${column})`,
  ),

  // A period lasts until the next of the same partnership starts, so two can only overlap by starting on the same day.
  `create table status_period (
    id text collate "C" primary key,
    partnership_id text collate "C" not null references partnership,
    status text not null ${oneOf('status', recordedStatuses)},
    from_on partial_date not null,
    ${dayColumn('from')},
    reason text,
    constraint status_period_never_overlap unique (partnership_id, from_day))`,

  `create table programme (
    ${recordColumns('prog')},
    names jsonb not null check (jsonb_typeof(names) = 'object'),
    sort_name text collate "C" not null,
    description text,
    in_vng_international_portfolio boolean not null,
    started_on partial_date,
    ended_on partial_date,
    ${dayColumn('started')}, ${dayColumn('ended')},
    funder text,
    implementer text,
    project_code text,
    iati_id text unique,
    budget_eur double precision check (budget_eur >= 0),
    themes text[] not null default '{}',
    other_partners text[] not null default '{}',
    notes text,
    confidence text not null ${oneOf('confidence', Confidence)},
    constraint programme_end_not_before_start check (ended_on || substr('0000-12-31', length(ended_on) + 1) >= started_day))`,
  'create index on programme (sort_name, id)',
  'create index on programme (updated_at, id)',
  'create index on programme (in_vng_international_portfolio)',
  'create index on programme (confidence)',
  ...dayIndexes('programme', 'started', 'ended'),

  `create table exchange (
    ${recordColumns('exch')},
    kind text not null ${oneOf('kind', ExchangeKind)},
    subkind text ${oneOf('subkind', ExchangeSubkind)},
    title jsonb not null check (jsonb_typeof(title) = 'object'),
    sort_name text collate "C" not null,
    status text not null ${oneOf('status', ExchangeStatus)},
    recurring boolean not null,
    started_on partial_date,
    ended_on partial_date,
    ${dayColumn('started')}, ${dayColumn('ended')},
    dutch_id text collate "C" references authority check (dutch_id like 'nl-%'),
    chinese_id text collate "C" references authority check (chinese_id like 'cn-%'),
    partnership_id text collate "C" references partnership,
    under_partnership boolean,
    programme_id text collate "C" references programme,
    participants text[] not null default '{}',
    description text,
    notes text,
    confidence text not null ${oneOf('confidence', Confidence)},
    constraint exchange_end_not_before_start check (ended_on || substr('0000-12-31', length(ended_on) + 1) >= started_day),
    constraint exchange_under_its_tie check ((partnership_id is not null) = coalesce(under_partnership, false)))`,
  `create index on exchange (partnership_id, (coalesce(started_day, '~')), id)`,
  `create index on exchange (programme_id, (coalesce(started_day, '~')), id)`,
  'create index on exchange (dutch_id)',
  'create index on exchange (chinese_id)',
  'create index on exchange (sort_name, id)',
  'create index on exchange (updated_at, id)',
  ...dayIndexes('exchange', 'started', 'ended'),
  ...['kind', 'subkind', 'status', 'recurring', 'under_partnership', 'confidence'].map(
    column => `create index on exchange (${column})`,
  ),
];

const links = ['organisation', 'authority', 'partnership'].flatMap(table => [
  `create table programme_${table} (
    programme_id text collate "C" not null references programme,
    ${table}_id text collate "C" not null references ${table},
    primary key (programme_id, ${table}_id))`,
  `create index on programme_${table} (${table}_id)`,
]);

const cited = ['authority', 'partnership', 'status_period', 'programme', 'exchange', 'organisation'];
const evidence = [
  `create table source (
    id text collate "C" primary key check (id like 'src-%'),
    title text not null,
    publisher text not null,
    url text check (url ~ '^https?://'),
    published_on partial_date)`,
  `create table citation (
    id integer generated by default as identity primary key,
    source_id text collate "C" not null references source,
    ${cited.map(table => `${table}_id text collate "C" references ${table}`).join(', ')},
    supports text[] not null default '{}',
    position integer not null,
    constraint citation_of_one_record check (num_nonnulls(${cited.map(table => `${table}_id`).join(', ')}) = 1))`,
  'create index on citation (source_id)',
  ...cited.map(table => `create index on citation (${table}_id, position) where ${table}_id is not null`),
];

const search = [
  `create table search_document (
    id text collate "C" primary key,
    type text not null,
    sort_name text collate "C" not null,
    names text[] not null,
    title tsvector not null,
    terms tsvector not null,
    fields jsonb not null)`,
  'create index on search_document using gin (terms)',
];
