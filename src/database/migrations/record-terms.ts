import { CURRENT } from '../../graph/sql/moment.js';

/** A run ends once it has more than this many times the terms of its newest version. */
const MAX_GROWTH = 2;
const MAX_VERSIONS = 100;

/** The key of a version, which has an index: a hash of its record and its change. Two versions may have the same one. */
const versionKey = (knownFrom: string) => `hashtextextended(id, ${knownFrom})`;

const MOMENT = `(select current_setting('register.at')::integer)`;

/** The versions of a run, whose row is `r`. */
const VERSIONS_OF_RUN = `history.search_document v
  where v.id = r.id and v.known_from >= r.known_from and v.known_from < r.known_until`;

/**
 * Creates `history.record_terms`, by which a search finds versions of search documents at a moment. A GIN index cannot tell
 * moments: on versions, it gives all versions of all records with a word. So successive versions of a record are a run with one
 * row, which has the terms of all of them, and the changes that they are known from. The versions of a record share most terms,
 * so it has few runs, and one at a moment. That gives the key of the version of the moment, which is then compared itself.
 *
 * Triggers keep the runs, on whatever writes versions. A version extends the newest run of its record, or begins another one
 * if the run would grow too large: it is indexed again as a whole with each new term. Versions are written in the order of
 * their changes. What deletes terms of versions (a redaction) deletes them from their run.
 */
export const keepRecordTerms = [
  `create table history.record_terms (id text collate "C", known_from integer, known_until integer not null,
    versions integer[] not null, terms tsvector not null, primary key (id, known_from))`,
  `create aggregate history.all_terms(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '')`,
  `create function history.extend_terms() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
    declare
      version record; run record;
    begin
      for version in select id, known_from, strip(terms) as terms from added order by id, known_from loop
        select known_from, versions || version.known_from as versions, terms || version.terms as terms, terms as before into run
          from history.record_terms where id = version.id and known_until = ${CURRENT};
        if cardinality(run.versions) <= ${MAX_VERSIONS}
          and (run.terms = run.before or length(run.terms) <= ${MAX_GROWTH} * length(version.terms))
        then
          update history.record_terms set versions = run.versions, terms = run.terms
            where id = version.id and known_from = run.known_from;
        else
          update history.record_terms set known_until = version.known_from where id = version.id and known_from = run.known_from;
          insert into history.record_terms
            values (version.id, version.known_from, ${CURRENT}, array[version.known_from], version.terms);
        end if;
      end loop;
      return null;
    end $$`,
  `create function history.reduce_terms() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
    begin
      delete from history.record_terms r where id = old.id and not exists (select from ${VERSIONS_OF_RUN});
      update history.record_terms r set (versions, terms) = (
          select array_agg(v.known_from order by v.known_from), history.all_terms(strip(v.terms)) from ${VERSIONS_OF_RUN})
        where id = old.id and known_from <= old.known_from and known_until > old.known_from;
      return null;
    end $$`,
  `create function history.delete_terms() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
    begin
      -- Not truncate: the same statement may truncate this table, too.
      delete from history.record_terms;
      return null;
    end $$`,
  `create trigger extend_terms after insert on history.search_document referencing new table as added
    for each statement execute function history.extend_terms()`,
  // Not where a version ends: no other column changes then.
  `create trigger reduce_terms after update of terms on history.search_document
    for each row when (old.terms is distinct from new.terms) execute function history.reduce_terms()`,
  `create trigger reduce_deleted_terms after delete on history.search_document
    for each row execute function history.reduce_terms()`,
  `create trigger delete_terms after truncate on history.search_document
    for each statement execute function history.delete_terms()`,
];

/** Writes the runs of the versions that there are: each ends once what its versions added is as much as its record had first. */
export const fillRecordTerms = `
  insert into history.record_terms (id, known_from, known_until, versions, terms)
  select id, min(known_from), coalesce(lead(min(known_from)) over (partition by id order by min(known_from)), ${CURRENT}),
    array_agg(known_from order by known_from), history.all_terms(terms)
  from (
    select id, known_from, terms, (row_number() over versions - 1) / ${MAX_VERSIONS} as hundred,
      sum(added) over versions / greatest(first_value(length(terms)) over versions, 1) as run
    from (
      select id, known_from, terms,
        coalesce(length(lag(terms) over versions || terms) - length(lag(terms) over versions), 0) as added
      from (select id, known_from, strip(terms) as terms from history.search_document) stripped
      window versions as (partition by id order by known_from)) compared
    window versions as (partition by id order by known_from)) numbered
  group by id, run, hundred`;

/** Creates the indexes of the runs, of which only that on terms takes long, and that by which versions are found. */
export const indexRecordTerms = [
  'create index record_terms_terms on history.record_terms using gin (terms)',
  `create index search_document_version on history.search_document using hash (${versionKey('known_from')})`,
  'analyze history.record_terms',
  'analyze history.search_document',
];

/** Of each run at the moment, the version of the moment: none, where a deleted record came back. */
export const viewRecordTerms = `
  create view past.record_terms as
  select ${versionKey(`versions[width_bucket(${MOMENT}, versions)]`)} as version_key, terms from history.record_terms
  where known_from <= ${MOMENT} and known_until > ${MOMENT}`;

/** The column that past search documents have besides those of the table. */
export const versionKeyColumn = `${versionKey('known_from')} as version_key`;
