import { isDeepStrictEqual } from 'node:util';
import type { LogPosition } from '../change/cursor.js';
import type { ChangeSelection } from '../change/log-reader.js';
import type { ChangeStream } from '../change/stream.js';
import { type ChangeSetReader, HistoryChangedError } from './change-set-reader.js';
import { changeSetEvent, type EventOrigin, historyEvent, pingEvent, type WebhookEvent } from './event.js';
import type { LoadedWebhook } from './load.js';
import { WebhookDeliveryKind, WebhookStatus } from './webhook.enums.js';

const { HANDSHAKE, PING, CHANGES, REDELIVERY, HISTORY_CHANGED } = WebhookDeliveryKind;

/** A request to make. */
export interface Task {
  kind: WebhookDeliveryKind;
  /** Undefined for a handshake. */
  event?: WebhookEvent;
  /** Called with the webhook as it is then, after the receiver accepted it. */
  onAccepted?: (webhook: LoadedWebhook) => void;
}

/** The two cursors of a webhook. */
export type Pass = 'changes' | 'redelivery';

/** The parts that tasks are made from. */
export interface TaskSource {
  changes: ChangeStream;
  origin: EventOrigin;
  /** Returns the reader of a pass. Without one it begins after the position. */
  readerAt(pass: Pass, position: LogPosition): ChangeSetReader;
  selection(): Promise<ChangeSelection>;
  /** Called after the position moved over changes that do not match, or a redelivery ended. */
  onMoved(): void;
}

/** Returns whether changes are delivered to a webhook. */
const isDelivering = ({ status }: LoadedWebhook): boolean =>
  status === WebhookStatus.ACTIVE || status === WebhookStatus.UNCONFIRMED;

/** Returns what is to be sent next; undefined if the receiver has everything. */
export async function nextTask(webhook: LoadedWebhook, source: TaskSource): Promise<Task | undefined> {
  const { id, ping } = webhook;
  if (!isDelivering(webhook) && ping === null) return undefined;
  if (!webhook.isConfirmed) return { kind: HANDSHAKE };
  if (ping !== null) return { kind: PING, event: pingEvent(ping, id, source.origin) };
  return (await nextRedelivery(webhook, source)) ?? nextChanges(webhook, source);
}

async function nextRedelivery(webhook: LoadedWebhook, source: TaskSource): Promise<Task | undefined> {
  const { redelivery, position } = webhook;
  if (!redelivery) return undefined;
  const until = Math.min(redelivery.until, position.id);
  const set = await readSet(source, 'redelivery', redelivery);
  const first = set?.changes[0];
  if (!set || !first || first.id > until) {
    webhook.redelivery = null;
    source.onMoved();
    return undefined;
  }
  return {
    kind: REDELIVERY,
    event: changeSetEvent(set, webhook.form, source.origin),
    onAccepted: current => {
      // A later call has another range, perhaps with the same end: what precedes this position is to be sent again.
      if (!isDeepStrictEqual(current.redelivery, redelivery)) return;
      current.redelivery = set.last.id < until ? { ...redelivery, ...set.last } : null;
    },
  };
}

async function nextChanges(webhook: LoadedWebhook, source: TaskSource): Promise<Task | undefined> {
  const { position } = webhook;
  const set = await readSet(source, 'changes', position);
  if (set === LOST) return historyChanged(webhook, source);
  if (set) {
    return {
      kind: CHANGES,
      event: changeSetEvent(set, webhook.form, source.origin),
      onAccepted: current => {
        current.position = set.last;
      },
    };
  }
  const { end } = source.readerAt('changes', position);
  if (end.id > position.id) {
    webhook.position = end;
    source.onMoved();
  }
  return undefined;
}

/** The position is not in the log. */
const LOST = { changeSet: null, changes: [], count: 0, last: { id: 0, mark: '' } };

async function readSet(source: TaskSource, pass: Pass, position: LogPosition) {
  try {
    return await source.readerAt(pass, position).next(await source.selection());
  } catch (error) {
    if (error instanceof HistoryChangedError) return LOST;
    throw error;
  }
}

/** Tells the receiver that changes which it has may be lost, and continues where both histories agree, or at the newest. */
async function historyChanged({ id, position }: LoadedWebhook, { changes, origin }: TaskSource): Promise<Task> {
  await changes.refresh();
  const lastCommon = changes.lastCommonWith(position);
  const next = lastCommon ?? { id: changes.newest.id, mark: changes.newest.mark };
  return {
    kind: HISTORY_CHANGED,
    event: historyEvent(id, lastCommon, next, origin),
    onAccepted: current => {
      current.position = next;
    },
  };
}
