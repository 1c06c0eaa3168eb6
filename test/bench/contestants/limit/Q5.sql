select json_build_object('partnershipGroups', coalesce(json_agg(json_build_object(
  'startedDecade', decade, 'status', status, 'count', count)), '[]'))::text as data
from (
  select started_year / 10 * 10 as decade, status, sum(count)::int as count
  from (select started_year, status, count(*) as count from partnership group by 1, 2) years
  group by 1, 2 order by 1 nulls last, status collate "C") groups
