import { REDACTED_URL } from '../../change/redacted.js';
import type { CitedSource } from '../../cite/citation.js';
import { FIELD_LABELS, fieldLabel } from '../../messages/field-labels.js';
import { type Html, html, join, type Part } from '../http/html.js';
import type { AnswerObject } from './answer-shape.js';
import { dateText } from './dates.js';
import { type Reader, textIn } from './reader.js';

/** The sign between the items of a list in a sentence. */
export const separatorOf = ({ language }: Reader) => (language === 'zh' ? '、' : ', ');

/** Renders a web address; one that was redacted is shown as redacted. */
export const externalLink = ({ texts }: Reader, url: string, text: Part): Html =>
  url === REDACTED_URL ? html`<mark>${texts.redacted}</mark>` : html`<a href="${url}">${text}</a>`;

/** Returns a source of an answer, also what the document did not select. */
export const sourceOf = ({ _title, _publisher, _url, _publishedOn }: AnswerObject): CitedSource => ({
  title: String(_title),
  publisher: String(_publisher),
  url: _url as string | null,
  publishedOn: _publishedOn as string | null,
});

/** Renders a source: its publisher, its title if the document selects it, and its date, with a link. */
export function sourceCell(reader: Reader, value: AnswerObject): Html {
  const { title, publisher, url, publishedOn } = sourceOf(value);
  const [name, ...before] = 'title' in value ? [title, publisher] : [publisher];
  const parts: Part[] = before.map(text => textIn(reader, text));
  parts.push(url ? externalLink(reader, url, textIn(reader, name ?? '')) : textIn(reader, name ?? ''));
  if (publishedOn) parts.push(dateText(publishedOn, reader.language));
  return join(parts, ', ');
}

/** Renders a citation: its source, and what it supports. */
export function citationCell(reader: Reader, { source, supports }: AnswerObject): Html {
  const shown = sourceCell(reader, source as AnswerObject);
  const fields = (supports ?? []) as readonly string[];
  if (!fields.length) return shown;
  const supported = fields.map(field => supportLabel(reader, field));
  return html`${shown} (${join(supported, separatorOf(reader))})`;
}

/** Labels what a source supports: the name of a field, or words of a person. */
export const supportLabel = (reader: Reader, field: string): Html =>
  FIELD_LABELS[field] ? html`${fieldLabel(field, reader.language)}` : textIn(reader, field, 'EN');
