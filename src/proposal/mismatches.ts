import sql from 'sql-template-tag';
import { type ExportTable, exportColumn } from '../export/table.js';
import { column } from '../graph/sql/columns.js';
import { ProposalDecision, ProposalOrigin, ProposalState, ProposalVerdict } from './proposal.enums.js';
import { STATEMENTS } from './wikidata-statement.js';

/** The id of a statement in the form that the Mismatch Finder takes. */
const GUID = '^Q[0-9]{1,11}\\$[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$';

/** Addresses that are longer are refused there. */
const MAX_URL_LENGTH = 1_500;

/**
 * Selects what imports of Wikidata found to contradict the register, where a reviewer rejected that or nobody decided yet: a row
 * for each date of a statement, of the newest proposal that has it. Compared with the register as it is at the moment of the
 * export: what was corrected meanwhile is left out, and so are two dates of which one is only more exact.
 */
const mismatches = sql`(
  select distinct on (guid, field) guid || ' ' || field as id, guid, field, wikidata, ours, url, row_number() over (order by guid, field) as place
  from (
    select s.value->>'guid' as guid, f.value->>'field' as field, p.created_at,
      s.value->>(f.value->>'field') as wikidata,
      case f.value->>'field' when 'startedOn' then t.started_on else t.ended_on end as ours,
      (select o.url from citation c join source o on o.id = c.source_id
        where c.partnership_id = t.id and length(o.url) <= ${MAX_URL_LENGTH}::int
        order by (c.supports @> array[f.value->>'field']) desc, c.position, c.id limit 1) as url
    from proposal p
    join proposal_item i on i.proposal_id = p.id
    join partnership t on t.id = i.subject_id
    cross join lateral jsonb_array_elements(i.fields) f
    cross join lateral jsonb_array_elements(
      case jsonb_typeof(i.proposed->${STATEMENTS}::text) when 'array' then i.proposed->${STATEMENTS}::text else '[]' end) s
    where p.origin = ${ProposalOrigin.WIKIDATA} and p.state = any(${[ProposalState.OPEN, ProposalState.APPLIED]}::text[])
      and (i.verdict = ${ProposalVerdict.CONFLICT} and i.decision is distinct from ${ProposalDecision.ACCEPT}
          and f.value->>'isConflict' = 'true'
        or i.verdict = any(${[ProposalVerdict.REVISE, ProposalVerdict.CONFLICT]}::text[])
          and i.decision = ${ProposalDecision.REJECT})
      and f.value->>'field' in ('startedOn', 'endedOn')
  ) found
  where guid ~ ${GUID} and not starts_with(ours, wikidata) and not starts_with(wikidata, ours)
  order by guid, field, created_at desc) m`;

const property = `case m.field when 'startedOn' then 'P580' else 'P582' end`;

/**
 * The mismatches between Wikidata and the register, in the columns that Wikidata's Mismatch Finder imports: all of them, in this
 * order, and no other.
 */
export const mismatchTable: ExportTable = {
  name: 'mismatches',
  parameters: ['knownAt'],
  listing: {
    alias: 'm',
    orders: { PLACE: { kind: 'integer', by: column('place') } },
    defaultOrder: [{ field: 'PLACE' }],
  },
  from: mismatches,
  columns: [
    exportColumn('item_id', `split_part(m.guid, '$', 1)`),
    exportColumn('statement_guid', 'm.guid'),
    exportColumn('property_id', property),
    exportColumn('wikidata_value', 'm.wikidata'),
    exportColumn('meta_wikidata_value', 'null::text'),
    exportColumn('external_value', 'm.ours'),
    exportColumn('external_url', 'm.url'),
    exportColumn('type', `'qualifier'::text`),
  ],
};
