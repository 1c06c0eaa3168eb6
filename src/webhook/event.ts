import type { Change } from '../change/change.js';
import { changeCursor, type LogPosition } from '../change/cursor.js';
import type { ChangeSet } from './change-set-reader.js';
import { WebhookForm } from './webhook.enums.js';

/** The names of a register in its events. */
export interface EventOrigin {
  /** The register, as `source` of CloudEvents: a URN by the NL GOV profile. */
  source: string;
  /** The address of the register, under which the schema of the data is. */
  publicUrl: string;
}

/** An event in the structured mode of CloudEvents. */
export interface WebhookEvent {
  id: string;
  body: string;
}

/** Limits the data of one event. Changes beyond it are left out, or lose their fields, and `isComplete` is false. */
const MAX_DATA_BYTES = 256_000;

/** The reverse domain of the types. The NL GOV profile prefers the name of the data source to that of an organisation. */
const TYPE_PREFIX = 'nl.stedenband';

/** The path of the schema of the data. */
export const EVENT_SCHEMA_PATH = '/webhook.schema.json';

/** An enum value as a part of a type: `LINKED_TO_PROGRAMME` is `linked-to-programme`. */
const kebab = (value: string): string => value.toLowerCase().replaceAll('_', '-');

const typeOf = ({ changes: [first], count }: ChangeSet): string =>
  count === 1 && first
    ? `${TYPE_PREFIX}.${kebab(first.subjectType)}.${kebab(first.kind)}`
    : `${TYPE_PREFIX}.change-set.recorded`;

/**
 * Returns the event of one change, or of the changes of a set that match the filter of a webhook. Its id is the cursor of
 * the last of them, by which a receiver resumes in the log. `time` is that of the log.
 */
export function changeSetEvent(set: ChangeSet, form: WebhookForm, { source, publicUrl }: EventOrigin): WebhookEvent {
  const { changes, count, last, changeSet } = set;
  const [first] = changes as [Change];
  const id = changeCursor(last);
  const content = dataOf(changes, form);
  const event = {
    specversion: '1.0',
    id,
    source,
    type: typeOf(set),
    subject: count === 1 || changeSet === null ? first.subjectId : changeSet,
    time: new Date(first.recordedAt).toISOString(),
    datacontenttype: 'application/json',
    dataschema: publicUrl + EVENT_SCHEMA_PATH,
    // A cursor sorts as the log does.
    sequence: id,
    data: {
      cursor: id,
      changeSet,
      count,
      isComplete: content.isComplete && changes.length === count,
      changes: content.changes,
    },
  };
  return { id, body: JSON.stringify(event) };
}

/** Returns the changes as they are sent. Those beyond the limit of bytes lose their fields. */
function dataOf(changes: readonly Change[], form: WebhookForm): { changes: object[]; isComplete: boolean } {
  if (form === WebhookForm.THIN) return { changes: changes.map(thin), isComplete: true };
  let bytes = 0;
  let isComplete = true;
  const data = changes.map(change => {
    const whole = full(change);
    bytes += Buffer.byteLength(JSON.stringify(whole));
    if (bytes <= MAX_DATA_BYTES) return whole;
    isComplete = false;
    return thin(change);
  });
  return { changes: data, isComplete };
}

function thin(change: Change) {
  const { kind, subjectType, subjectId, subjectVersion } = change;
  return { cursor: changeCursor(change), kind, subjectType, subjectId, subjectVersion };
}

function full(change: Change) {
  const { recordedAt, actor, reason, fields } = change;
  return { ...thin(change), recordedAt: new Date(recordedAt).toISOString(), actor, reason, fields };
}

/** Returns the event that tests a receiver. */
export function pingEvent(id: string, webhookId: string, origin: EventOrigin): WebhookEvent {
  return notice(id, `${TYPE_PREFIX}.webhook.ping`, webhookId, origin, { webhook: webhookId });
}

/**
 * Returns the event that the log lost changes which the receiver may have.
 *
 * @param lastCommon The newest change that the two histories are certain to have in common.
 * @param next The position after which the next events are.
 */
export function historyEvent(
  webhookId: string,
  lastCommon: LogPosition | undefined,
  next: LogPosition,
  origin: EventOrigin,
): WebhookEvent {
  const id = `history-${changeCursor(next)}`;
  const data = { lastCommon: lastCommon ? changeCursor(lastCommon) : null, next: changeCursor(next) };
  return notice(id, `${TYPE_PREFIX}.log.history-changed`, webhookId, origin, data);
}

function notice(id: string, type: string, subject: string, { source }: EventOrigin, data: object): WebhookEvent {
  const datacontenttype = 'application/json';
  const time = new Date().toISOString();
  return { id, body: JSON.stringify({ specversion: '1.0', id, source, type, subject, time, datacontenttype, data }) };
}
