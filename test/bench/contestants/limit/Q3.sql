select json_build_object('partnership', (
  select json_build_object('id', p.id, 'kind', p.kind, 'status', p.status, 'startedOn', p.started_on,
    'dutch', json_build_object('id', d.id, 'name', coalesce(d.names->>'nl', d.names->>'en', d.names->>'pinyin', d.names->>'zh')),
    'chinese', json_build_object('id', c.id, 'name', coalesce(c.names->>'zh', c.names->>'en', c.names->>'nl', c.names->>'pinyin')))
  from partnership p join authority d on d.id = p.dutch_id join authority c on c.id = p.chinese_id
  where p.id = $1))::text as data
