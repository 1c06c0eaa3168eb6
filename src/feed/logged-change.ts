import type { Change } from '../change/change.js';
import { changeCursor } from '../change/cursor.js';
import type { FieldChange } from '../change/field-change.js';

/** The part of a change that the feed needs. Of its `fields` it has those on which other lines depend. */
export type LoggedChange = Pick<Change, 'id' | 'mark' | 'kind' | 'subjectType' | 'subjectId' | 'changeSet'> & {
  /** RFC 3339, in UTC. */
  recordedAt: string;
  fields: FieldChange[];
};

/** Changes that became visible together: a set, or a change that was made alone. Oldest first. */
export type Step = readonly [LoggedChange, ...LoggedChange[]];

/** Returns the id of the last change of a step, the moment at which the step is known. */
export const momentAfter = (step: Step): number => (step.at(-1) ?? step[0]).id;

/** Returns the id by which the messages of a step belong together: that of the set, or the cursor of the change. */
export const txidOf = ([first]: Step): string => first.changeSet ?? changeCursor(first);
