with recursive inside as (
  select id from authority where id = $1
  union
  select below.id from authority below join inside on below.parent_id = inside.id or below.prefecture_id = inside.id)
select json_build_object('partnerships', json_build_object(
  'totalCount', (select count(*) from partnership p where p.status = 'ACTIVE' and p.dutch_id in (select id from inside)),
  'nodes', (
    select coalesce(json_agg(node), '[]')
    from (
      select json_build_object('id', p.id, 'startedOn', p.started_on,
        'dutch', json_build_object('id', d.id, 'name', coalesce(d.names->>'nl', d.names->>'en', d.names->>'pinyin', d.names->>'zh')),
        'chinese', json_build_object('id', c.id, 'name', coalesce(c.names->>'zh', c.names->>'en', c.names->>'nl', c.names->>'pinyin'))) as node
      from partnership p join authority d on d.id = p.dutch_id join authority c on c.id = p.chinese_id
      where p.status = 'ACTIVE' and p.dutch_id in (select id from inside)
      order by coalesce(p.started_day, '~'), p.id limit 20) page)))::text as data
