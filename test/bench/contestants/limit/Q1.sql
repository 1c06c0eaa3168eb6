select json_build_object('partnerships', json_build_object('nodes', coalesce(json_agg(node), '[]')))::text as data
from (
  select json_build_object('id', p.id, 'startedOn', p.started_on, 'status', p.status,
    'dutch', json_build_object('id', d.id, 'name', coalesce(d.names->>'nl', d.names->>'en', d.names->>'pinyin', d.names->>'zh')),
    'chinese', json_build_object('id', c.id, 'name', coalesce(c.names->>'zh', c.names->>'en', c.names->>'nl', c.names->>'pinyin'))) as node
  from partnership p join authority d on d.id = p.dutch_id join authority c on c.id = p.chinese_id
  order by coalesce(p.started_day, '~'), p.id limit 20) page
