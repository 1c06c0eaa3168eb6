import sql from 'sql-template-tag';
import type { Fork } from '../../graph/sql/fork.js';
import { queryRows } from '../../graph/sql/query.js';
import { MESSAGE_LANGUAGES } from '../../messages/message.js';
import { html } from '../http/html.js';
import { questionPath } from './question-page.js';
import { htmlLang, recordPath } from './reader.js';

/** Limits the addresses: the protocol permits no more in one file. */
const MAX_ADDRESSES = 50_000;

/** Returns the addresses of all questions and records as a sitemap, in each language. One statement. */
export async function sitemap(em: Fork, origin: string, questions: Iterable<string>): Promise<string> {
  const own = ['/questions', ...[...questions].map(questionPath)].map(path => ({ path, day: undefined }));
  const rows = await queryRows<{ id: string; day: string }>(
    em,
    sql`select id, to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD') as day from (
      select id, updated_at from authority union all select id, updated_at from partnership
      union all select id, updated_at from programme union all select id, updated_at from exchange
      union all select id, updated_at from organisation) record order by id limit ${MAX_ADDRESSES - own.length}`,
  );
  const addresses = [...own, ...rows.map(({ id, day }) => ({ path: recordPath(id), day }))];
  const entries = addresses.map(({ path, day }) => {
    const alternates = MESSAGE_LANGUAGES.map(
      language =>
        html`<xhtml:link rel="alternate" hreflang="${htmlLang(language)}" href="${`${origin}${path}?language=${language}`}"/>`,
    );
    return html`<url><loc>${origin + path}</loc>${day && html`<lastmod>${day}</lastmod>`}${alternates}</url>\n`;
  });
  return html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries}</urlset>
`.text;
}

/** The rules for crawlers: pages are for them, the API and the files are not. */
export const robots = (origin: string): string =>
  `User-agent: *\nDisallow: /export/\nDisallow: /graphql\nDisallow: /reconcile\nSitemap: ${origin}/sitemap.xml\n`;
