import { Migration } from '@mikro-orm/migrations';

/** Adds the mark of a change: two histories of the log may have the same ids, but never the same marks. */
export class Migration20261125110000 extends Migration {
  override name = 'Migration20261125110000';

  override up(): void {
    // A volatile default rewrites the table: each existing change gets a mark of its own.
    this.addSql(
      `alter table change add column mark text collate "C" not null
        default right(replace(gen_random_uuid()::text, '-', ''), 16) check (mark ~ '^[0-9a-f]{16}$')`,
    );
  }

  override down(): void {
    this.addSql('alter table change drop column mark');
  }
}
