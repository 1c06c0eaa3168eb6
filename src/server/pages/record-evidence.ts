import { type Html, html, join, type Part } from '../http/html.js';
import type { AnswerObject, FieldShape } from './answer-shape.js';
import type { Reader } from './reader.js';
import { separatorOf, sourceCell, sourceOf, supportLabel } from './source-cells.js';

/** A record as its page has it. */
export interface RecordAnswer {
  fields: ReadonlyMap<string, FieldShape>;
  record: AnswerObject;
}

/** A source of a record, with what it supports. */
export interface Citation {
  supports: readonly string[];
  source: AnswerObject;
}

/** Returns the distinct sources of a record and of its periods, in the order of their numbers on the page. */
export function sourcesOf({ record }: RecordAnswer): Citation[] {
  const periods = (record.statusPeriods ?? []) as { citations?: Citation[] }[];
  const all = [...((record.citations ?? []) as Citation[]), ...periods.flatMap(({ citations }) => citations ?? [])];
  const distinct = new Map<string, Citation>();
  for (const { source, supports } of all) {
    const key = JSON.stringify(sourceOf(source));
    const present = distinct.get(key);
    distinct.set(key, { source, supports: [...new Set([...(present?.supports ?? []), ...supports])] });
  }
  return [...distinct.values()];
}

/** Returns links to the sources that support a fact. */
export function references(sources: readonly Citation[], field: string): Part {
  const numbers = sources.flatMap(({ supports }, index) =>
    supports.some(name => name === field || name.startsWith(`${field}.`)) ? [index + 1] : [],
  );
  return (
    numbers.length > 0 && html` <sup>${numbers.map(number => html`<a href="#source-${number}">[${number}]</a>`)}</sup>`
  );
}

/** Renders the numbered sources of a record, each with what it supports. */
export function sourcesSection(reader: Reader, answer: RecordAnswer): Html {
  const { texts } = reader;
  const items = sourcesOf(answer).map(({ source, supports }, index) => {
    const supported = join(
      supports.map(field => supportLabel(reader, field)),
      separatorOf(reader),
    );
    return html`<li id="source-${index + 1}">${sourceCell(reader, source)}${supports.length > 0 && html`<br><span class="supports">${texts.supports}: ${supported}</span>`}</li>\n`;
  });
  return html`<section aria-labelledby="sources"><h2 id="sources">${texts.sources}</h2>${
    items.length ? html`<ol class="sources">${items}</ol>` : html`<p>${texts.noSources}</p>`
  }</section>`;
}
