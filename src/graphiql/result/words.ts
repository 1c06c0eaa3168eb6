/** A name of the schema as words: `lastEvidenceOn` and `LAST_EVIDENCE_ON` are "Last evidence on". */
export function humanize(name: string): string {
  const words = /[a-z]/.test(name) ? name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2') : name.replaceAll('_', ' ');
  const lower = words.toLowerCase();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** A field's name as the value of an enum is written: `startedDecade` is `STARTED_DECADE`. */
export const constantOf = (field: string): string => field.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();

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

/** A date as exactly as it is known, to be read: `1979-11` is "November 1979". */
export function dateInWords(date: string, tongue: 'nl' | 'en'): string {
  const [year, month, day] = date.split('-');
  const name = month && MONTHS[tongue][Number(month) - 1];
  return [day && Number(day), name, year].filter(Boolean).join(' ');
}

/** From when until when, as far as known: "1979 – today". */
export function periodInWords(from: string | null, until: string | null, ended: boolean, tongue: 'nl' | 'en'): string {
  const unknown = tongue === 'nl' ? 'begin onbekend' : 'start unknown';
  const today = tongue === 'nl' ? 'nu' : 'now';
  const over = tongue === 'nl' ? 'einde onbekend' : 'end unknown';
  const last = until ? dateInWords(until, tongue) : ended ? over : today;
  return `${from ? dateInWords(from, tongue) : unknown} – ${last}`;
}
