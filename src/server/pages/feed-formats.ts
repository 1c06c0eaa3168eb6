import { html } from '../http/html.js';
import { htmlLang, type Reader } from './reader.js';

/** An entry of the feed, newest first. The id is the same at every address of the register. */
export interface FeedEntry {
  id: string;
  title: string;
  text: string;
  url: string;
  time: string;
  tags: string[];
}

/** A page of the feed. */
export interface Feed {
  title: string;
  /** The page that the feed belongs to. */
  home: string;
  self: string;
  first: string;
  next: string | undefined;
  entries: FeedEntry[];
}

/** The characters that no XML document can have, escaped or not: one of them in a title would break the feed. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Renders a feed as Atom. */
export function atom(reader: Reader, { title, home, self, first, next, entries }: Feed): string {
  const shown = entries.map(
    ({
      id,
      title,
      text,
      url,
      time,
      tags,
    }) => html`<entry><id>${id}</id><title>${title}</title><updated>${time}</updated>
<link rel="alternate" href="${url}"/>${tags.map(tag => html`<category term="${tag}"/>`)}
<content type="text">${text}</content></entry>
`,
  );
  return html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${htmlLang(reader.language)}">
<id>${first}</id><title>${title}</title><updated>${entries[0]?.time ?? new Date(0).toISOString()}</updated>
<author><name>${reader.texts.register}</name></author>
<link rel="alternate" type="text/html" href="${home}"/>
<link rel="self" type="application/atom+xml" href="${self}"/><link rel="first" href="${first}"/>${next !== undefined && html`<link rel="next" href="${next}"/>`}
<rights>CC BY 4.0</rights>
${shown}</feed>
`.text.replace(NOT_XML, '\ufffd');
}

/** Renders a feed as JSON Feed 1.1. */
export function jsonFeed(reader: Reader, { title, home, self, next, entries }: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: home,
    feed_url: self,
    ...(next !== undefined && { next_url: next }),
    language: htmlLang(reader.language),
    items: entries.map(({ id, title, text, url, time, tags }) => ({
      id,
      url,
      title,
      content_text: text,
      date_published: time,
      tags,
    })),
  });
}
