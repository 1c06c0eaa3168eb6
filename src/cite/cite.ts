import { CITED_LICENCE, type Citation, type CitedSource, REGISTER_NAME } from './citation.js';
import { CITATION_WORDS, citedDay, issuedDay } from './words.js';

/** Limits the sources in a citation as text; BibTeX and CSL-JSON have all of them. */
const MAX_LISTED_SOURCES = 25;

/** Returns what is cited, its moment and its size: "“Breda”, as of 24 November 2026 (moment …), 12 records". */
function statement({ title, moment, records, language }: Citation): string {
  const words = CITATION_WORDS[language];
  const parts = [words.quote(title)];
  if (moment) parts.push(words.state(citedDay(moment.recordedAt, language), moment.cursor));
  if (records !== undefined) parts.push(words.records(records));
  return parts.join(language === 'zh' ? '，' : ', ');
}

function sourceText({ title, publisher, url, publishedOn }: CitedSource, { language }: Citation): string {
  const { quote } = CITATION_WORDS[language];
  const separator = language === 'zh' ? '，' : ', ';
  return [publisher, quote(title), publishedOn, url].filter(Boolean).join(separator);
}

/** Returns a citation as one paragraph. */
export function citeAsText(citation: Citation): string {
  const words = CITATION_WORDS[citation.language];
  const { sources, url } = citation;
  const licence = `${words.licence}${words.colon}${CITED_LICENCE.name} (${CITED_LICENCE.url})`;
  const listed = sources.slice(0, MAX_LISTED_SOURCES).map(source => sourceText(source, citation));
  if (sources.length > listed.length) listed.push(words.more(sources.length - listed.length));
  const parts = [words.register, statement(citation), url, licence];
  if (listed.length) parts.push(`${words.sources}${words.colon}${listed.join(words.separator)}`);
  return `${parts.join(words.stop)}${words.stop.trim()}`;
}

const escapeMarkdown = (text: string) => text.replace(/[\\`*_{}[\]<>|]/g, '\\$&');

/** Escapes the signs of an address that would end a link before its end. */
const escapeLink = (url: string) => url.replaceAll('(', '%28').replaceAll(')', '%29');

/** Returns a citation as Markdown: a paragraph, and a list of the sources. */
export function citeAsMarkdown(citation: Citation): string {
  const words = CITATION_WORDS[citation.language];
  const { sources, url } = citation;
  const licence = `${words.licence}${words.colon}[${CITED_LICENCE.name}](${CITED_LICENCE.url})`;
  const head = [
    escapeMarkdown(words.register),
    `[${escapeMarkdown(statement(citation))}](${escapeLink(url)})`,
    licence,
  ];
  const listed = sources.slice(0, MAX_LISTED_SOURCES).map(({ url: link, ...source }) => {
    const text = escapeMarkdown(sourceText(source, citation));
    return `- ${link ? `[${text}](${escapeLink(link)})` : text}`;
  });
  if (sources.length > listed.length) listed.push(`- ${words.more(sources.length - listed.length)}`);
  const list = listed.length ? `\n\n${words.sources}${words.colon.trim()}\n\n${listed.join('\n')}` : '';
  return `${head.join(words.stop)}${words.stop.trim()}${list}`;
}

/** A brace with a backslash counts as one for BibTeX: a title with one alone would make the file unreadable. */
const LATEX: Readonly<Record<string, string>> = {
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

const escapeLatex = (text: string) => text.replace(/[\\~^{}$&#%_]/g, sign => LATEX[sign] ?? `\\${sign}`);

function bibtexEntry(type: string, key: string, fields: Readonly<Record<string, string | null | undefined>>): string {
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  return [`@${type}{${key},`, ...lines, '}'].join('\n');
}

/** Returns the year and the date of a partial date, as BibTeX and biblatex name them. */
const bibtexDate = (date: string | null | undefined) => ({ year: date?.slice(0, 4), date });

/** Returns a citation as BibTeX: an entry for what is cited, and one for each source. Addresses are as they are, but braces, which would end an entry. */
export function citeAsBibtex(citation: Citation): string {
  const words = CITATION_WORDS[citation.language];
  const { key, title, url, moment, sources } = citation;
  const name = `${REGISTER_NAME}-${key}`;
  const own = bibtexEntry('misc', name, {
    title: `{${escapeLatex(title)}}`,
    author: `{${REGISTER_NAME}}`,
    ...bibtexDate(moment && issuedDay(moment.recordedAt)),
    url,
    version: moment?.cursor,
    note: escapeLatex(
      [words.register, statement(citation), `${words.licence}${words.colon}${CITED_LICENCE.name}`].join(words.stop),
    ),
  });
  const behind = sources.map((source, index) =>
    bibtexEntry('misc', `${name}-${index + 1}`, {
      title: `{${escapeLatex(source.title)}}`,
      author: `{${escapeLatex(source.publisher)}}`,
      ...bibtexDate(source.publishedOn),
      url: source.url?.replaceAll(/[{}\\]/g, encodeURIComponent),
    }),
  );
  return [own, ...behind].join('\n\n');
}

/** Converts a partial date to the form of CSL. */
const dateParts = (date: string | null | undefined) =>
  date ? { 'date-parts': [date.split('-').map(Number)] } : undefined;

/** Returns a citation as CSL-JSON: an item for what is cited, and one for each source. */
export function citeAsCsl(citation: Citation): string {
  const words = CITATION_WORDS[citation.language];
  const { key, title, url, moment, language, sources } = citation;
  const name = `${REGISTER_NAME}-${key}`;
  const own = {
    id: name,
    type: 'dataset',
    title,
    author: [{ literal: REGISTER_NAME }],
    publisher: REGISTER_NAME,
    issued: dateParts(moment && issuedDay(moment.recordedAt)),
    version: moment?.cursor,
    URL: url,
    language,
    note: `${statement(citation)}${words.stop}${words.licence}${words.colon}${CITED_LICENCE.name} (${CITED_LICENCE.url})`,
  };
  const behind = sources.map((source, index) => ({
    id: `${name}-${index + 1}`,
    type: source.url ? 'webpage' : 'document',
    title: source.title,
    author: [{ literal: source.publisher }],
    publisher: source.publisher,
    issued: dateParts(source.publishedOn),
    URL: source.url ?? undefined,
  }));
  return JSON.stringify([own, ...behind], undefined, 2);
}
