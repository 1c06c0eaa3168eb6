import sql, { raw } from 'sql-template-tag';
import { SubjectType } from '../change/change.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { type LoggedChange, momentAfter, type Step } from './logged-change.js';
import { atMoment } from './tables-at-moment.js';

/** The name of the export that has the lines of a type. Of proposals there is none. */
export const EXPORT_OF: Partial<Record<SubjectType, string>> = {
  [SubjectType.AUTHORITY]: 'authorities',
  [SubjectType.PARTNERSHIP]: 'partnerships',
  [SubjectType.PROGRAMME]: 'programmes',
  [SubjectType.EXCHANGE]: 'exchanges',
  [SubjectType.ORGANISATION]: 'organisations',
};

/** A line of an export. */
export interface LineKey {
  /** The name of the export. */
  type: string;
  /** The id of the record. */
  key: string;
}

/** Facts by which a record counts in the lines of the records that it refers to, with the export of these. */
const COUNTED_IN: Partial<Record<SubjectType, Readonly<Record<string, string>>>> = {
  [SubjectType.PARTNERSHIP]: { dutch: 'authorities', chinese: 'authorities', programmes: 'programmes' },
  [SubjectType.EXCHANGE]: {
    dutch: 'authorities',
    chinese: 'authorities',
    partnership: 'partnerships',
    programme: 'programmes',
  },
};

/** Facts of a record that are in the lines of the records that refer to it, or decide about them. */
const SHOWN_BY_OTHERS: Partial<Record<SubjectType, readonly string[]>> = {
  [SubjectType.AUTHORITY]: ['names', 'level', 'parent', 'location'],
  [SubjectType.PROGRAMME]: ['names'],
  [SubjectType.ORGANISATION]: ['names'],
  // The partnership that another one is nested in follows from the sides, and of several it is the first one.
  [SubjectType.PARTNERSHIP]: ['dutch', 'chinese', 'startedOn'],
};

/** All facts that other lines depend on. */
export const REFERENCES: readonly string[] = [
  ...new Set([...Object.values(COUNTED_IN).flatMap(Object.keys), ...Object.values(SHOWN_BY_OTHERS).flat()]),
];

/** Returns the lines that count a record, before or after a change. */
export function linesThatCount({ subjectType, fields }: LoggedChange): LineKey[] {
  const types = COUNTED_IN[subjectType] ?? {};
  return fields.flatMap(({ field, before, after }) => {
    const type = types[field];
    const ids = [before, after].flat().filter(id => typeof id === 'string');
    return type === undefined ? [] : [...new Set(ids)].map(key => ({ type, key }));
  });
}

/** Returns the record of a change of a step that can alter lines of other records, at the moments at which they can be found. */
export function shownByOthers({ subjectType: type, subjectId, fields }: LoggedChange, step: Step): ChangedRecord[] {
  const changed = fields.map(({ field }) => field);
  if (!SHOWN_BY_OTHERS[type]?.some(field => changed.includes(field))) return [];
  const at = momentAfter(step);
  const record = { type, id: subjectId, seen: at, at, isMoved: changed.includes('parent') };
  // Records that were nested in a partnership follow from its sides before the step, too. No version is of a part of a step.
  return type === SubjectType.PARTNERSHIP ? [record, { ...record, seen: step[0].id - 1 }] : [record];
}

/** A record that changed. */
export interface ChangedRecord {
  type: SubjectType;
  id: string;
  /** The moment at which its lines are looked for. */
  seen: number;
  /** The moment after the change. */
  at: number;
  /** An authority is in another one now: a partnership of one inside of it can be nested in another. */
  isMoved: boolean;
}

/** Selects the lines that show the record `changed` of a type, as `type` and `key`. */
const SHOWING: readonly [SubjectType, string][] = [
  [
    SubjectType.AUTHORITY,
    `select 'partnerships' as type, p.id as key from authority side
       join partnership p on p.dutch_id = side.id or p.chinese_id = side.id
       where side.id = changed.id or (changed.moved and side.parent_id = changed.id)
     union all select 'exchanges', e.id from exchange e where e.dutch_id = changed.id or e.chinese_id = changed.id
     union all select 'authorities', a.id from authority a where a.parent_id = changed.id`,
  ],
  [
    SubjectType.PARTNERSHIP,
    `select 'partnerships' as type, p.id as key from partnership o
       join authority d on d.id = o.dutch_id or d.parent_id = o.dutch_id
       join partnership p on p.dutch_id = d.id
       join authority c on c.id = p.chinese_id and (c.id = o.chinese_id or c.parent_id = o.chinese_id)
       where o.id = changed.id`,
  ],
  [SubjectType.PROGRAMME, `select 'exchanges' as type, e.id as key from exchange e where e.programme_id = changed.id`],
  [
    SubjectType.ORGANISATION,
    `select 'organisations' as type, o.id as key from organisation o where o.parent_id = changed.id`,
  ],
];

/** Finds the lines that show records; one statement for each type of record, of which there are four. */
export async function linesThatShow(
  em: Fork,
  changed: readonly ChangedRecord[],
): Promise<(LineKey & { at: number })[]> {
  const statements = SHOWING.map(([type, text]) => {
    const records = changed.filter(record => record.type === type);
    if (records.length === 0) return [];
    const column = <Name extends keyof ChangedRecord>(name: Name) => records.map(record => record[name]);
    return queryRows<LineKey & { at: number }>(
      em,
      sql`select showing.type, showing.key, changed.at
        from unnest(${column('id')}::text[], ${column('seen')}::int[], ${column('at')}::int[], ${column('isMoved')}::boolean[])
          as changed(id, seen, at, moved)
        cross join lateral (${raw(atMoment(text, 'changed.seen'))}) showing`,
    );
  });
  return (await Promise.all(statements)).flat();
}
