-- What PostGraphile needs from the database to answer the same questions: functions that it shows as fields. All of them
-- are plain SQL that PostgreSQL inlines into the statement around them. The other contestants never call them.


create or replace function authority_name(authority authority, language text) returns text language sql stable as
  $$select coalesce(authority.names->>language, authority.names->>'en', authority.names->>'nl', authority.names->>'pinyin', authority.names->>'zh')$$;

create or replace function programme_name(programme programme, language text) returns text language sql stable as
  $$select coalesce(programme.names->>language, programme.names->>'en', programme.names->>'nl', programme.names->>'pinyin', programme.names->>'zh')$$;

create or replace function exchange_heading(exchange exchange, language text) returns text language sql stable as
  $$select coalesce(exchange.title->>language, exchange.title->>'en', exchange.title->>'nl', exchange.title->>'pinyin', exchange.title->>'zh')$$;

create or replace function partnership_programmes(partnership partnership) returns setof programme language sql stable as
  $$select programme.* from programme_partnership link join programme on programme.id = link.programme_id
    where link.partnership_id = partnership.id order by coalesce(programme.started_day, '~'), programme.id$$;

create or replace function partnership_groups(out started_decade int, out status text, out count int) returns setof record
  language sql stable as
  $$select (substr(started_day, 1, 3) || '0')::int, partnership.status, count(*)::int
    from partnership group by 1, 2 order by 1 nulls last, partnership.status collate "C"$$;
comment on function partnership_groups() is '@behavior +list -connection';
