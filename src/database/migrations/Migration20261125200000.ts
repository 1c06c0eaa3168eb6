import { Migration } from '@mikro-orm/migrations';

/**
 * Adds the words of the register, by which a search corrects a misspelt word. Triggers keep them: whatever writes search
 * documents, adds its words; what no document contains any more, is deleted.
 */
export class Migration20261125200000 extends Migration {
  override name = 'Migration20261125200000';

  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    for (const event of ['insert', 'update', 'delete']) {
      this.addSql(`drop trigger search_words_after_${event} on search_document`);
    }
    this.addSql('drop function keep_search_words()');
    for (const table of ['search_variant', 'search_word']) this.addSql(`drop table ${table}`);
    this.addSql('drop function spelling_variants(text)');
  }
}

/** Selects the words of Latin letters in a column of search documents. Longer ones are names without spaces. */
const latinWords = (column: 'terms' | 'title', documents: string) => `
  select distinct word from (select unnest(tsvector_to_array(${column})) collate "C" as word from ${documents}) term
  where word ~ '^[a-z]{4,30}$'`;

/** Adds the words of search documents. Sorted, so that two writers that add the same words cannot wait for each other. */
const addWords = (documents: string) => `
  insert into search_word (word)
  select word from (${latinWords('terms', documents)}) found
  where not exists (select 1 from search_word known where known.word = found.word)
  order by word on conflict do nothing`;

/** Adds the variants of the words in names, of which a misspelt word has one. */
const addVariants = (documents: string) => `
  insert into search_variant (word, variant)
  select word, unnest(spelling_variants(word)) from (${latinWords('title', documents)}) found
  where length(word) <= 20
    and not exists (select 1 from search_variant known where known.variant = found.word and known.word = found.word)
  order by 1, 2 on conflict do nothing`;

/** Deletes the words of old documents that no document contains any more. */
const deleteWords = (words: string) => `
  delete from search_word using (${words}) gone
  where search_word.word = gone.word
    and not exists (select 1 from search_document where terms @@ search_word.word::tsquery)`;

const wordsOf = (documents: string) => `select unnest(tsvector_to_array(terms)) as word from ${documents}`;

const statements = [
  `create function spelling_variants(word text) returns text[] language sql immutable parallel safe
    return (select array_agg(distinct left(word, i - 1) || substr(word, i + 1)) || word from generate_series(1, length(word)) i)`,
  'create table search_word (word text collate "C" primary key)',
  `create table search_variant (
    variant text collate "C",
    word text collate "C" references search_word on delete cascade,
    primary key (variant, word))`,
  'create index on search_variant (word)',
  `create function keep_search_words() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        ${addWords('new_documents')};
        ${addVariants('new_documents')};
      elsif tg_op = 'UPDATE' then
        ${addWords('new_documents')};
        ${addVariants('new_documents')};
        ${deleteWords(`${wordsOf('old_documents')} except ${wordsOf('new_documents')}`)};
      else ${deleteWords(`${wordsOf('old_documents')} group by 1`)};
      end if;
      return null;
    end $$`,
  ...[
    ['insert', 'new table as new_documents'],
    ['update', 'old table as old_documents new table as new_documents'],
    ['delete', 'old table as old_documents'],
  ].map(
    ([event, tables]) => `create trigger search_words_after_${event} after ${event} on search_document
      referencing ${tables} for each statement execute function keep_search_words()`,
  ),
  addWords('search_document'),
  addVariants('search_document'),
];
