import { Migration } from '@mikro-orm/migrations';

/** Adds proposals with their items. They are no facts of the register, and have no versions. */
export class Migration20261126140000 extends Migration {
  override name = 'Migration20261126140000';

  override up(): void {
    this.addSql(`create table proposal (
      id text collate "C" primary key,
      concept text not null,
      origin text not null,
      policy text not null,
      state text not null default 'OPEN',
      source jsonb,
      message text,
      proposer text not null,
      basis text not null,
      counts jsonb not null,
      change_set text,
      revert_change_set text,
      triaged_at timestamptz(3),
      version int not null default 1,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now())`);
    this.addSql('create index on proposal (created_at, id)');
    this.addSql('create index on proposal (updated_at, id)');
    this.addSql(`create table proposal_item (
      id text collate "C" primary key,
      proposal_id text not null references proposal,
      number int not null,
      place text not null,
      verdict text not null,
      subject_id text,
      subject_version int,
      proposed jsonb not null,
      fields jsonb not null,
      candidates jsonb not null,
      decision text,
      choice text,
      is_applied boolean not null default false,
      problems jsonb not null,
      unique (proposal_id, number))`);
    this.addSql('create index on proposal_item (proposal_id, verdict, number)');
  }

  override down(): void {
    for (const table of ['proposal_item', 'proposal']) this.addSql(`drop table ${table}`);
  }
}
