import { truncate } from '../../graph/errors.js';
import { type Html, html, join, type Part } from '../http/html.js';
import { codeLabel } from './answer-cells.js';
import { timeOf } from './dates.js';
import { type Reader, textIn } from './reader.js';
import type { RecordAnswer } from './record-evidence.js';
import { separatorOf, supportLabel } from './source-cells.js';

interface Redaction {
  fields: readonly string[];
  redactedAt: string | Date;
  reason: string;
}

const instantOf = (value: string | Date): string => (typeof value === 'string' ? value : value.toISOString());

/** Renders that texts of the record were redacted, and why. */
export function redactionsNotice(reader: Reader, { record }: RecordAnswer): Part {
  const redactions = (record.redactions ?? []) as Redaction[];
  if (!redactions.length) return undefined;
  const { texts, language } = reader;
  const items = redactions.map(({ fields, redactedAt, reason }) => {
    const names = join(
      fields.map(field => supportLabel(reader, field)),
      separatorOf(reader),
    );
    return html`<li>${names}: ${timeOf(instantOf(redactedAt), language)} · ${textIn(reader, reason, 'EN')}</li>`;
  });
  return html`<div class="notice"><h2>${texts.redactions}</h2><ul>${items}</ul></div>`;
}

/** A change of a record as its page has it. */
export interface ChangeAnswer {
  kind: string;
  recordedAt: string | Date;
  actorName: string | null;
  reason: string | null;
  fields: readonly { label: string; beforeLabel: string | null; afterLabel: string | null }[];
}

/** Renders one change: kind, time, author, reason, and each fact before and after. */
export function changeItem(reader: Reader, change: ChangeAnswer, showsFacts: boolean): Html {
  const { texts, language } = reader;
  const { kind, recordedAt, actorName, reason, fields } = change;
  const facts =
    showsFacts &&
    fields.map(
      ({ label, beforeLabel, afterLabel }) =>
        html`<li>${label}: ${textIn(reader, shortened(beforeLabel))} → ${textIn(reader, shortened(afterLabel))}</li>`,
    );
  return html`<li><p><strong>${codeLabel('ChangeKind', kind, reader)}</strong> · ${timeOf(instantOf(recordedAt), language)}${actorName && html` · ${texts.by} ${actorName}`}</p>${reason && html`<p>${textIn(reader, reason, 'EN')}</p>`}${facts && facts.length > 0 && html`<ul>${facts}</ul>`}</li>\n`;
}

/** Limits a value in the history; the whole text is in the desk. */
const MAX_VALUE_LENGTH = 300;

/** Returns a value before or after a change, cut off if it is long. */
export function shortened(text: string | null): string {
  if (text === null || text === '') return '–';
  return text.length > MAX_VALUE_LENGTH ? `${truncate(text, MAX_VALUE_LENGTH)}…` : text;
}

/** Renders the newest changes of a record. The first of all says what is in the facts above, so it is only named. */
export function historySection(reader: Reader, { record }: RecordAnswer): Html {
  const { texts } = reader;
  const { nodes, totalCount } = record.history as unknown as { nodes: ChangeAnswer[]; totalCount: number };
  const items = nodes.toReversed().map(change => changeItem(reader, change, change.kind !== 'RECORDED'));
  const shown = totalCount > nodes.length && html`<p>${texts.historyOf(nodes.length, totalCount)}</p>`;
  const since = html`<p>${texts.firstRecorded} ${timeOf(instantOf(record.createdAt as string), reader.language)}.</p>`;
  return html`<section aria-labelledby="history"><h2 id="history">${texts.history}</h2>${items.length ? html`${shown}<ol class="history">${items}</ol>` : since}</section>`;
}
