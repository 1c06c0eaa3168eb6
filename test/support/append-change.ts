import type { EntityManager } from '@mikro-orm/sql';
import { type Change, ChangeKind, SubjectType } from '../../src/change/change.js';
import { lockLog, writeChanges } from '../../src/change/log.js';

/** Appends a change of a record to the log, in the transaction of `em`, as a mutation does. */
export async function appendChange(em: EntityManager): Promise<Change> {
  await lockLog(em);
  const change = {
    kind: ChangeKind.REVISED,
    actor: 'test',
    reason: null,
    subjectType: SubjectType.ORGANISATION,
    subjectId: 'org-vng',
    subjectVersion: 1,
    authorities: [],
    fields: [],
    changeSet: null,
  };
  return (await writeChanges(em, [change]))[0] as Change;
}
