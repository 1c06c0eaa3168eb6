select json_build_object('_entities', coalesce(json_agg(
  case when a.id is not null then json_build_object(
    '__typename', case a.country when 'NL' then 'DutchAuthority' else 'ChineseAuthority' end, 'id', a.id,
    'name', coalesce(a.names->>'nl', a.names->>'en', a.names->>'pinyin', a.names->>'zh')) end
  order by key.place), '[]'))::text as data
from unnest($1::text[]) with ordinality key(id, place) left join authority a on a.id = key.id
