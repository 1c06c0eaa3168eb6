import type { EntityManager } from '@mikro-orm/sql';
import { type Change, ChangeKind, SubjectType } from '../../src/change/change.js';
import { lockLog, type NewChange, writeChanges } from '../../src/change/log.js';

const CHANGE: NewChange = {
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

/** Appends changes of a record to the log, in the transaction of `em`, as mutations do. */
export async function appendChanges(em: EntityManager, count: number): Promise<Change[]> {
  await lockLog(em);
  return writeChanges(em, Array<NewChange>(count).fill(CHANGE));
}

/** Appends one. */
export const appendChange = async (em: EntityManager): Promise<Change> => (await appendChanges(em, 1))[0] as Change;
