/** Precision with which a cell shows its date. */
export type Precision = 'day' | 'month' | 'year';

/** The built-in formats of dates, by their id: ECMA-376, 18.8.30, those of China included. Times are none. */
const DAY_FORMATS = new Set([14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58]);
const MONTH_FORMATS = new Set([17, 27, 36, 50, 52, 57]);
const FIRST_CUSTOM_FORMAT = 164;

const LITERALS = /"[^"]*"|\\.|\[[^\][]*\]|;.*$/gs;
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** Returns how exact a format of numbers shows a date; undefined for one that shows none. `j` is the Dutch `y`. */
export function precisionOf(id: number, code: string | undefined): Precision | undefined {
  if (id < FIRST_CUSTOM_FORMAT && code === undefined) {
    if (DAY_FORMATS.has(id)) return 'day';
    return MONTH_FORMATS.has(id) ? 'month' : undefined;
  }
  const bare = (code ?? '').replaceAll(LITERALS, '').toLowerCase();
  const hasDay = bare.includes('d');
  if (hasDay && /[myj]/.test(bare)) return 'day';
  if (!/[yj]/.test(bare)) return undefined;
  return bare.includes('m') ? 'month' : 'year';
}

/** Returns a date that a spreadsheet stores as a number, as exact as it is shown; undefined if there is no such day. */
export function dateOfSerial(serial: number, precision: Precision, is1904: boolean): string | undefined {
  const days = Math.floor(serial);
  // Excel has a 29 February 1900 (60), which never was: days before it are one off.
  if (days < 0 || (!is1904 && (days === 0 || days === 60))) return undefined;
  const leap = !is1904 && days < 60 ? 1 : 0;
  const time = (is1904 ? EPOCH_1904 : EPOCH) + (days + leap) * DAY_MS;
  if (!Number.isFinite(time) || time > Date.UTC(9999, 11, 31)) return undefined;
  return new Date(time).toISOString().slice(0, { day: 10, month: 7, year: 4 }[precision]);
}
