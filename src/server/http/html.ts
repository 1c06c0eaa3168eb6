/** A text that is HTML: only functions of this file create it. */
export class Html {
  constructor(readonly text: string) {}
}

/** A part of a template: other texts are escaped, lists are joined, and absent parts are left out. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, sign => ESCAPES[sign] as string);

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  return Array.isArray(part) ? part.map(render).join('') : escapeHtml(String(part));
}

/** Creates HTML from a template. Every value is escaped, unless it is HTML; attributes must have double quotes. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let text = strings[0] as string;
  for (const [index, part] of parts.entries()) text += render(part) + strings[index + 1];
  return new Html(text);
}

/** Joins parts with HTML between them. */
export const join = (parts: readonly Part[], separator: Part): Html =>
  html`${parts.map((part, index) => (index ? [separator, part] : part))}`;

/** Returns data as JSON inside a script element that no browser executes: no text can end the element. */
export const jsonScript = (type: string, data: unknown): Html =>
  new Html(`<script type="${type}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`);

/** The place of HTML in a text. */
const MARK = '{}';

/** Puts HTML at the mark of a text. */
export function aroundMark(text: string, content: Html): Html {
  const [before = '', after = ''] = text.split(MARK);
  return html`${before}${content}${after}`;
}
