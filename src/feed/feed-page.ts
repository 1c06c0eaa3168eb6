import { ChangeKind } from '../change/change.js';
import type { LogPosition } from '../change/cursor.js';
import type { Operation } from '../export/change-message.js';
import type { Fork } from '../graph/sql/fork.js';
import { readLogPage } from './log-page.js';
import { momentAfter, type Step, txidOf } from './logged-change.js';
import { EXPORT_OF, type LineKey, linesThatCount, linesThatShow, shownByOthers } from './references.js';

/** A message of the feed, whose line is not read yet. */
export interface PlannedMessage extends LineKey {
  /** The moment at which its line is read. */
  at: number;
  operation: Operation;
  txid: string;
  /** RFC 3339, in UTC. */
  timestamp: string;
}

/** A page of the feed. */
export interface FeedPage {
  messages: PlannedMessage[];
  /** The position after the page. */
  end: LogPosition;
  isFull: boolean;
  redactionId: number | null;
}

const nameOf = ({ type, key }: LineKey): string => `${type}/${key}`;

/**
 * Plans the page after a position: a message for each record that a step changed, as it was after the step, and one for each
 * other line that changed with it. The number of its statements is fixed: one for the log (two for a larger set), and one
 * for each type of record whose names or sides changed.
 *
 * A line that changed only with others has one message a page, in the last of the steps that changed it: the number of
 * exchanges of a city changes with each of them.
 */
export async function planFeedPage(em: Fork, position: LogPosition): Promise<FeedPage> {
  const { steps, ...page } = await readLogPage(em, position);
  const shown = await linesThatShow(
    em,
    steps.flatMap(step => step.flatMap(change => shownByOthers(change, step))),
  );
  const shownAt = Map.groupBy(shown, ({ at }) => at);
  const messages: PlannedMessage[][] = [];
  const written = new Set<string>();
  // From the end: of a line that changes several times with others, only the last message is sent.
  for (const step of steps.toReversed()) {
    const ofRecords = recordsOf(step);
    for (const message of ofRecords) written.add(nameOf(message));
    const ofOthers: PlannedMessage[] = [];
    const others = [...step.flatMap(linesThatCount), ...(shownAt.get(momentAfter(step)) ?? [])];
    for (const line of others) {
      const name = nameOf(line);
      if (written.has(name)) continue;
      written.add(name);
      ofOthers.push(messageOf(step, line, 'update'));
    }
    messages.push([...ofRecords, ...ofOthers]);
  }
  return { ...page, messages: messages.toReversed().flat() };
}

const messageOf = (step: Step, { type, key }: LineKey, operation: Operation): PlannedMessage => ({
  type,
  key,
  at: momentAfter(step),
  operation,
  txid: txidOf(step),
  timestamp: step[0].recordedAt,
});

/** Returns a message for each record that a step changed; none for one that it recorded and withdrew. */
function recordsOf(step: Step): PlannedMessage[] {
  return [...Map.groupBy(step, ({ subjectId }) => subjectId)].flatMap(([key, changes]) => {
    const type = EXPORT_OF[(changes[0] as Step[0]).subjectType];
    if (type === undefined) return [];
    const isNew = changes[0]?.kind === ChangeKind.RECORDED;
    const isGone = changes.some(({ kind }) => kind === ChangeKind.WITHDRAWN);
    if (isNew && isGone) return [];
    return [messageOf(step, { type, key }, isGone ? 'delete' : isNew ? 'insert' : 'update')];
  });
}
