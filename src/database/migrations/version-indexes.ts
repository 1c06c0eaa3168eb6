/**
 * Selects the statements that create the indexes of a table on its versions; a part of `history.keep_versions`. The keys of
 * B-tree indexes end with the ids of the changes, and one has these alone: a read of the past leaves out versions of other
 * moments without visiting them. A table without B-tree indexes (words) gets none. The terms of search documents have no
 * index: their runs have one (`record-terms.ts`).
 */
export const versionIndexes = `
  select format('create index if not exists %I on %s %s', relname, versions, case when amname = 'btree'
      then regexp_replace(definition, '\\)( INCLUDE .*| WHERE .*)?$', ', known_from, known_until)\\1') else definition end)
    from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
    cross join substring(pg_get_indexdef(indexrelid) from ' USING .*$') definition
    where indrelid = relation and not indisprimary and relname <> 'search_document_terms_idx'
  union all
  select format('create index if not exists %I on %s (known_until, known_from)', kept || '_known', versions)
    where exists (select from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
      where indrelid = relation and not indisprimary and amname = 'btree')`;
