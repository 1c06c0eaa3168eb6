with hits as (
  select d.id, d.type, d.sort_name,
    case when d.names @> array[$2] then 4
      when exists (select 1 from unnest(d.names) name where starts_with(name, $2)) then 3
      when d.title @@ $1::tsquery then 2
      else 1 end as rank
  from search_document d where d.terms @@ $1::tsquery
  order by 4 desc, array_position('{AUTHORITY,PARTNERSHIP,PROGRAMME,EXCHANGE,ORGANISATION}'::text[], d.type), d.sort_name, d.id
  limit 20)
select json_build_object('search', json_build_object('edges', coalesce(json_agg(json_build_object(
  'rank', rank / 4.0::float8, 'node', node)
  order by rank desc, array_position('{AUTHORITY,PARTNERSHIP,PROGRAMME,EXCHANGE,ORGANISATION}'::text[], type), sort_name, id),
  '[]')))::text as data
from hits
cross join lateral (
  select json_build_object('__typename', case country when 'NL' then 'DutchAuthority' else 'ChineseAuthority' end, 'id', a.id,
    'name', coalesce(names->>'en', names->>'nl', names->>'pinyin', names->>'zh')) as node
  from authority a where type = 'AUTHORITY' and a.id = hits.id
  union all
  select json_build_object('__typename', 'Partnership', 'id', p.id, 'startedOn', p.started_on)
  from partnership p where type = 'PARTNERSHIP' and p.id = hits.id
  union all
  select json_build_object('__typename', 'Programme', 'id', g.id,
    'name', coalesce(names->>'en', names->>'nl', names->>'pinyin', names->>'zh'))
  from programme g where type = 'PROGRAMME' and g.id = hits.id
  union all
  select json_build_object('__typename', 'Exchange', 'id', e.id,
    'title', coalesce(title->>'en', title->>'nl', title->>'pinyin', title->>'zh'))
  from exchange e where type = 'EXCHANGE' and e.id = hits.id
  union all
  select json_build_object('__typename', 'Organisation', 'id', o.id,
    'name', coalesce(names->>'en', names->>'nl', names->>'pinyin', names->>'zh'))
  from organisation o where type = 'ORGANISATION' and o.id = hits.id) record
