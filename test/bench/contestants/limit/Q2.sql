select json_build_object('partnerships', json_build_object('nodes', coalesce(json_agg(node), '[]')))::text as data
from (
  select json_build_object('id', p.id, 'startedOn', p.started_on, 'status', p.status,
    'dutch', json_build_object('id', d.id, 'name', coalesce(d.names->>'nl', d.names->>'en', d.names->>'pinyin', d.names->>'zh'), 'partnerships', json_build_object('nodes', ties.nodes)),
    'chinese', json_build_object('id', c.id, 'name', coalesce(c.names->>'zh', c.names->>'en', c.names->>'nl', c.names->>'pinyin')),
    'exchanges', json_build_object('nodes', held.nodes),
    'programmes', json_build_object('nodes', carried.nodes)) as node
  from partnership p join authority d on d.id = p.dutch_id join authority c on c.id = p.chinese_id
  cross join lateral (
    select coalesce(json_agg(tie), '[]') as nodes
    from (
      select json_build_object('id', t.id, 'startedOn', t.started_on,
        'chinese', json_build_object('id', c.id, 'name', coalesce(c.names->>'zh', c.names->>'en', c.names->>'nl', c.names->>'pinyin'))) as tie
      from (
        select id, started_on, chinese_id, coalesce(started_day, '~') as day
        from partnership where dutch_id = d.id order by coalesce(started_day, '~'), id limit 5) t
      join authority c on c.id = t.chinese_id order by t.day, t.id) five) ties
  cross join lateral (
    select coalesce(json_agg(exchange), '[]') as nodes
    from (
      select json_build_object('id', e.id,
        'title', coalesce(e.title->>'en', e.title->>'nl', e.title->>'pinyin', e.title->>'zh'),
        'kind', e.kind, 'startedOn', e.started_on) as exchange
      from exchange e where e.partnership_id = p.id order by coalesce(e.started_day, '~'), e.id limit 5) five) held
  cross join lateral (
    select coalesce(json_agg(programme), '[]') as nodes
    from (
      select json_build_object('id', g.id,
        'name', coalesce(g.names->>'en', g.names->>'nl', g.names->>'pinyin', g.names->>'zh')) as programme
      from programme_partnership link join programme g on g.id = link.programme_id
      where link.partnership_id = p.id order by coalesce(g.started_day, '~'), g.id limit 20) twenty) carried
  order by coalesce(p.started_day, '~'), p.id limit 20) page
