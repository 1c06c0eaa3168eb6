select json_build_object('partnershipGroups', coalesce(json_agg(json_build_object(
  'startedDecade', decade, 'status', status, 'count', count)), '[]'))::text as data
from (
  select (substr(started_day, 1, 3) || '0')::int as decade, status, count(*)::int as count
  from partnership group by 1, 2 order by 1 nulls last, status collate "C") groups
