import { hash } from 'node:crypto';
import { fieldLabel } from '../../messages/field-labels.js';
import type { MessageLanguage } from '../../messages/message.js';
import { html, type Part } from '../http/html.js';
import type { Entity } from './entities.js';
import { typeIn } from './types.js';

export const PREVIEW_SIZE = { width: 430, height: 240 };

const STYLE =
  'body{font:0.9rem/1.4 system-ui,sans-serif;margin:.75rem;color:#1a1a1a;background:#fff}h1{font-size:1.1rem;margin:0}p{margin:.2rem 0 .5rem;color:#444}dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem .75rem;margin:0}dt{color:#444}dd{margin:0}';

/** The headers of a preview: nothing in it is executed or loaded, and pages such as OpenRefine may frame it. */
export const PREVIEW_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors *`,
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const SHOWN = [
  'names.nl',
  'names.en',
  'names.zh',
  'names.pinyin',
  'names.aliases',
  'code',
  'wikidataId',
  'startedOn',
  'endedOn',
  'dissolvedOn',
];

/** Returns the facts of a record by which people tell it from others, as rows of a list. */
function factsOf({ record }: Entity, language: MessageLanguage): Part[] {
  return SHOWN.map(id => {
    const value = id
      .split('.')
      .reduce<unknown>((object, name) => (object as Record<string, unknown> | null)?.[name], record);
    const text = [value].flat().filter(Boolean).join(', ');
    return text && html`<dt>${fieldLabel(id, language)}</dt><dd>${text}</dd>`;
  });
}

const summary = ({ name, lang, description, type, id }: Entity, language: MessageLanguage) =>
  html`<h1 lang="${lang}">${name}</h1><p>${[typeIn(type, language).name, description, id].filter(Boolean).join(' · ')}</p>`;

/** Returns the page that previews a record. */
export const previewPage = (entity: Entity, language: MessageLanguage): string =>
  html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${entity.name}</title><style>${STYLE}</style></head><body>${summary(entity, language)}<dl>${factsOf(entity, language)}</dl></body></html>`
    .text;

/** Returns the HTML of a small preview beside a suggestion. */
export const flyoutHtml = (title: string, text: string): string =>
  html`<p><strong>${title}</strong><br>${text}</p>`.text;
