import { fieldHeading } from '../../graph/types/field-list.js';
import { fieldLabel } from '../../messages/field-labels.js';
import { type Html, html, join, type Part } from '../http/html.js';
import { definitions, isInline, listBlock } from './answer-blocks.js';
import { cell, codeLabel, periodText } from './answer-cells.js';
import { headingOf } from './answer-labels.js';
import { isObject, rowsOf } from './answer-shape.js';
import { type Reader, textIn } from './reader.js';
import { type Citation, type RecordAnswer, references, sourcesOf } from './record-evidence.js';
import { sourceCell } from './source-cells.js';

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
  const recorded = shapes.filter(({ key }) => !isEmpty(record[key]));
  const unknown = shapes.filter(({ key }) => isEmpty(record[key])).map(({ name }) => fieldLabel(name, language));
  const entries = recorded.map(
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
  const { texts } = reader;
  const items = periods.map(({ status, from, until, reason, citations }) => {
    const period = periodText(reader, from, until);
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
