/** Formats a schema name for reading: `lastEvidenceOn` and `LAST_EVIDENCE_ON` become "Last evidence on". */
export function humanize(name: string): string {
  const words = /[a-z]/.test(name) ? name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2') : name.replaceAll('_', ' ');
  const lower = words.toLowerCase();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** Converts a field name to the enum value of that name: `startedDecade` becomes `STARTED_DECADE`. */
export const enumValueName = (field: string): string => field.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();

/** Languages of readers. */
export type ReaderLanguage = 'nl' | 'en' | 'zh';

const MONTHS = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  nl: [
    'januari',
    'februari',
    'maart',
    'april',
    'mei',
    'juni',
    'juli',
    'augustus',
    'september',
    'oktober',
    'november',
    'december',
  ],
};

/** Formats a partial date: `1979-11` becomes "November 1979". */
export function formatDate(date: string, language: ReaderLanguage): string {
  const [year, month, day] = date.split('-');
  if (language === 'zh') return `${year}年${month ? `${Number(month)}月` : ''}${day ? `${Number(day)}日` : ''}`;
  const name = month && MONTHS[language][Number(month) - 1];
  return [day && Number(day), name, year].filter(Boolean).join(' ');
}

/** Formats the date of a tick: only a year at its start, else with the month, and the day if it is not the first. */
export function formatTick(date: Date, language: ReaderLanguage): string {
  const [year = '', month, day] = date.toISOString().slice(0, 10).split('-');
  if (month === '01' && day === '01') return year;
  return date.toLocaleDateString(language === 'en' ? 'en-GB' : language, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'short',
    ...(day !== '01' && { day: 'numeric' }),
  });
}

const OPEN_ENDS = {
  en: { startUnknown: 'start unknown', now: 'now', endUnknown: 'end unknown' },
  nl: { startUnknown: 'begin onbekend', now: 'nu', endUnknown: 'einde onbekend' },
  zh: { startUnknown: '起始不明', now: '至今', endUnknown: '结束不明' },
};

/** Formats a period, open ends included: "1979 – now". */
export function formatPeriod(
  from: string | null,
  until: string | null,
  ended: boolean,
  language: ReaderLanguage,
): string {
  const { startUnknown, now, endUnknown } = OPEN_ENDS[language];
  const end = until ? formatDate(until, language) : ended ? endUnknown : now;
  return `${from ? formatDate(from, language) : startUnknown} – ${end}`;
}
