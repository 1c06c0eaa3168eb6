import { fieldHeading } from '../../graph/types/field-list.js';
import { definitions, isInline, listBlock } from './answer-blocks.js';
import { cell, codeLabel, sourceCell, supportLabel } from './answer-cells.js';
import { headingOf } from './answer-labels.js';
import { type AnswerObject, type FieldShape, isObject, rowsOf } from './answer-shape.js';
import { dateOf, timeOf } from './dates.js';
import { type Html, html, join, type Part } from './html.js';
import { type Reader, textIn } from './reader.js';

/** A record as its page has it. */
export interface RecordAnswer {
  fields: ReadonlyMap<string, FieldShape>;
  record: AnswerObject;
}

interface Citation {
  supports: readonly string[];
  source: AnswerObject;
}

/** Fields that have a place of their own on the page. */
const ELSEWHERE = new Set([
  '__typename',
  'id',
  'name',
  'title',
  'titles',
  'label',
  'names',
  'version',
  'createdAt',
  'updatedAt',
  'citations',
  'redactions',
  'history',
  'statusPeriods',
]);

/** Returns the distinct sources of a record and of its periods, in the order of their numbers on the page. */
export function sourcesOf({ record }: RecordAnswer): Citation[] {
  const periods = (record.statusPeriods ?? []) as { citations?: Citation[] }[];
  const all = [...((record.citations ?? []) as Citation[]), ...periods.flatMap(({ citations }) => citations ?? [])];
  const distinct = new Map<string, Citation>();
  for (const { source, supports } of all) {
    const key = JSON.stringify([source.title, source.publisher, source.url, source.publishedOn]);
    const present = distinct.get(key);
    distinct.set(key, { source, supports: [...new Set([...(present?.supports ?? []), ...supports])] });
  }
  return [...distinct.values()];
}

/** Returns links to the sources that support a fact. */
function references(sources: readonly Citation[], field: string): Part {
  const numbers = sources.flatMap(({ supports }, index) =>
    supports.some(name => name === field || name.startsWith(`${field}.`)) ? [index + 1] : [],
  );
  return (
    numbers.length > 0 && html` <sup>${numbers.map(number => html`<a href="#source-${number}">[${number}]</a>`)}</sup>`
  );
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Renders the facts that are known, each with its sources, and names those that are not. */
export function factsSection(reader: Reader, answer: RecordAnswer): Html {
  const { fields, record } = answer;
  const { texts, language } = reader;
  const sources = sourcesOf(answer);
  const shapes = [...fields.values()].filter(
    shape =>
      !ELSEWHERE.has(shape.name) &&
      record[shape.key] !== undefined &&
      (isInline(shape) || shape.name === 'contactPoints'),
  );
  const known = shapes.filter(({ key }) => !isEmpty(record[key]));
  const unknown = shapes
    .filter(({ key }) => isEmpty(record[key]))
    .map(shape => headingOf(shape, language).toLowerCase());
  const entries = known.map(
    shape =>
      [
        headingOf(shape, language),
        html`${cell({ reader }, shape, record[shape.key], record)}${references(sources, shape.name)}`,
      ] as const,
  );
  const rest = unknown.length > 0 && ([texts.unknownFacts, unknown.join(language === 'zh' ? '、' : ', ')] as const);
  return html`<section aria-labelledby="facts"><h2 id="facts">${texts.facts}</h2>${definitions(rest ? [...entries, rest] : entries)}</section>`;
}

const NAME_LABELS = ['nl', 'en', 'zh', 'pinyin', 'aliases'] as const;
const NAME_LANG = { nl: 'nl', en: 'en', zh: 'zh-Hans', pinyin: 'zh-Latn', aliases: undefined } as const;

/** Renders the names of a record in each language. */
export function namesSection(reader: Reader, answer: RecordAnswer, key: string): Part {
  const names = answer.record[key];
  if (!isObject(names)) return undefined;
  const sources = sourcesOf(answer);
  const entries = NAME_LABELS.flatMap(language => {
    const value = names[language];
    if (isEmpty(value)) return [];
    const texts = [value].flat().map(text => {
      const lang = NAME_LANG[language];
      return lang ? html`<span lang="${lang}">${text as string}</span>` : textIn(reader, text as string);
    });
    return [
      [
        fieldHeading(language)[reader.language],
        html`${join(texts, ', ')}${references(sources, `${key}.${language}`)}`,
      ] as const,
    ];
  });
  return html`<section aria-labelledby="names"><h2 id="names">${reader.texts.names}</h2>${definitions(entries)}</section>`;
}

/** Renders the periods of the status of a partnership. */
export function periodsSection(reader: Reader, { record }: RecordAnswer): Part {
  const periods = record.statusPeriods as
    | { status: string; from: string | null; until: string | null; reason: string | null; citations: Citation[] }[]
    | undefined;
  if (!periods?.length) return undefined;
  const { texts, language } = reader;
  const items = periods.map(({ status, from, until, reason, citations }) => {
    const period = html`${from ? dateOf(from, language) : '…'} – ${until ? dateOf(until, language) : '…'}`;
    const sources = citations.map(({ source }) => html`<li>${sourceCell(reader, source)}</li>`);
    return [
      period,
      html`<strong>${codeLabel('PartnershipStatus', status, reader)}</strong>${reason && html` · ${textIn(reader, reason, 'EN')}`}${sources.length > 0 && html`<ul>${sources}</ul>`}`,
    ] as const;
  });
  return html`<section aria-labelledby="status"><h2 id="status">${texts.status}</h2>${definitions(items)}</section>`;
}

/** Renders the lists of a record that are not empty. */
export function listSections(reader: Reader, { fields, record }: RecordAnswer): Html {
  const lists = [...fields.values()].filter(
    shape =>
      !ELSEWHERE.has(shape.name) &&
      shape.name !== 'contactPoints' &&
      !isInline(shape) &&
      rowsOf(shape, record[shape.key])?.rows.length,
  );
  return html`${lists.map(shape => html`<section>${listBlock({ reader }, shape, record[shape.key], headingOf(shape, reader.language), 2)}</section>`)}`;
}

/** Renders the numbered sources of a record, each with what it supports. */
export function sourcesSection(reader: Reader, answer: RecordAnswer): Html {
  const { texts } = reader;
  const items = sourcesOf(answer).map(({ source, supports }, index) => {
    const supported = join(
      supports.map(field => supportLabel(reader, field)),
      reader.language === 'zh' ? '、' : ', ',
    );
    return html`<li id="source-${index + 1}">${sourceCell(reader, source)}${supports.length > 0 && html`<br><span class="supports">${texts.supports}: ${supported}</span>`}</li>\n`;
  });
  return html`<section aria-labelledby="sources"><h2 id="sources">${texts.sources}</h2>${
    items.length ? html`<ol class="sources">${items}</ol>` : html`<p>${texts.noSources}</p>`
  }</section>`;
}

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
      ', ',
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
  const facts = fields.map(
    ({ label, beforeLabel, afterLabel }) =>
      html`<li>${label}: ${shortened(reader, beforeLabel)} → ${shortened(reader, afterLabel)}</li>`,
  );
  return html`<li><p><strong>${codeLabel('ChangeKind', kind, reader)}</strong> · ${timeOf(instantOf(recordedAt), language)}${actorName && html` · ${texts.by} ${actorName}`}</p>${reason && html`<p>${textIn(reader, reason, 'EN')}</p>`}${showsFacts && facts.length > 0 && html`<ul>${facts}</ul>`}</li>\n`;
}

/** Limits a value in the history; the whole text is in the desk. */
const MAX_VALUE_LENGTH = 300;

function shortened(reader: Reader, text: string | null): Part {
  if (text === null || text === '') return '–';
  return textIn(reader, text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text);
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
