import { Migration } from '@mikro-orm/migrations';
import { SCOPES } from '../../access/scope.js';
import { ChangeKind, SubjectType } from '../../change/change.js';
import { listed, oneOf } from './ddl.js';

/** Creates the tables of writing and following: change log, access keys, and stored results of idempotent calls. */
export class Migration20261124120000 extends Migration {
  override name = 'Migration20261124120000';

  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    for (const table of ['idempotent_answer', 'access_key', 'change']) this.addSql(`drop table ${table}`);
  }
}

const statements = [
  `create table change (
    id integer generated always as identity primary key,
    kind text not null ${oneOf('kind', ChangeKind)},
    recorded_at timestamptz(3) not null default clock_timestamp(),
    actor text not null,
    reason text,
    subject_type text not null ${oneOf('subject_type', SubjectType)},
    subject_id text collate "C" not null,
    subject_version integer not null,
    authorities text[] not null,
    fields jsonb not null check (jsonb_typeof(fields) = 'array'))`,
  'create index on change (subject_id, id)',
  'create index on change (subject_type, id)',
  'create index on change (kind, id)',
  'create index on change using gin (authorities)',

  `create table access_key (
    id text collate "C" primary key,
    name text not null,
    hash text not null check (length(hash) = 64),
    scopes text[] not null check (scopes <@ array[${listed(Object.fromEntries(SCOPES.map(scope => [scope, scope])))}]),
    created_at timestamptz(3) not null default now(),
    expires_at timestamptz(3),
    revoked_at timestamptz(3))`,

  `create table idempotent_answer (
    actor text not null,
    key text not null,
    fingerprint text not null,
    change_id integer references change,
    record_id text collate "C",
    record jsonb,
    created_at timestamptz(3) not null default now(),
    primary key (actor, key))`,
];
