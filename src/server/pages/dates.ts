import type { MessageLanguage } from '../../messages/message.js';
import { type Html, html } from '../http/html.js';

const LOCALES = { nl: 'nl-NL', en: 'en-GB', zh: 'zh-CN' } as const;
const YEAR = { year: 'numeric', timeZone: 'UTC' } as const;
const MONTH = { ...YEAR, month: 'long' } as const;
const DAY = { ...MONTH, day: 'numeric' } as const;
const TIME = {
  ...DAY,
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: 'Europe/Amsterdam',
  timeZoneName: 'short',
} as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format of dates costs a hundred times as much as its use. */
function formatOf(language: MessageLanguage, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALES[language], options);
    formats.set(key, format);
  }
  return format;
}

/** Formats a partial date in the precision that it has: 1979, November 1979, 23 November 1979. */
export function dateText(date: string, language: MessageLanguage): string {
  const [year, month = '01', day = '01'] = date.split('-');
  const precision = date.split('-').length;
  if (precision === 1 && language !== 'zh') return date;
  const options = precision === 1 ? YEAR : precision === 2 ? MONTH : DAY;
  return formatOf(language, String(precision), options).format(new Date(`${year}-${month}-${day}T00:00:00Z`));
}

/** Formats an instant in the time of Amsterdam, with its zone. */
const timeText = (instant: string, language: MessageLanguage): string =>
  formatOf(language, 'time', TIME).format(new Date(instant));

export const dateOf = (date: string, language: MessageLanguage): Html =>
  html`<time datetime="${date}">${dateText(date, language)}</time>`;

export const timeOf = (instant: string, language: MessageLanguage): Html =>
  html`<time datetime="${instant}">${timeText(instant, language)}</time>`;

/** Formats a number; years have no separator. */
export const numberText = (value: number, language: MessageLanguage): string =>
  value.toLocaleString(LOCALES[language], { useGrouping: 'min2' } as unknown as Intl.NumberFormatOptions);
