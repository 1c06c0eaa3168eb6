import type { ReaderLanguage } from '../result/format.js';

const TIME_ZONE = 'Europe/Amsterdam';
const OFFSET_FORMAT = new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, timeZoneName: 'longOffset' });
const LOCALES = { en: 'en-GB', nl: 'nl-NL', zh: 'zh-CN' } as const;
const TIME_ZONE_NAMES = { en: 'Dutch time', nl: 'Nederlandse tijd', zh: '荷兰时间' } as const;

/** Offsets of the Netherlands: summer and winter time. */
const OFFSETS = ['+02:00', '+01:00'] as const;

/** Returns the offset of the Netherlands at an instant: `+01:00`. */
const offsetAt = (instant: Date): string =>
  OFFSET_FORMAT.formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')
    ?.value.replace('GMT', '') || '+00:00';

/**
 * Returns the instants at which a clock in the Netherlands shows a day and a time, earliest first: one, but two in the
 * hour that is repeated in October and none in the hour that is skipped in March.
 *
 * @param day As `2026-11-24`.
 * @param time As `14:00` or `14:00:30`.
 */
export function instantsOf(day: string, time: string): string[] {
  const seconds = time.length === 5 ? `${time}:00` : time;
  return OFFSETS.map(offset => `${day}T${seconds}${offset}`).filter(
    instant => offsetAt(new Date(instant)) === instant.slice(-6),
  );
}

/** Returns the first instant after an hour that summer time skips on a day. */
export const endOfSkippedHour = (day: string): string => `${day}T03:00:00+02:00`;

/** Formats an instant as date and time in the Netherlands: "24 November 2026 at 14:00:00 (Dutch time)". */
export function formatInstant(instant: string, language: ReaderLanguage): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: TIME_ZONE,
  });
  return `${format.format(new Date(instant))} (${TIME_ZONE_NAMES[language]})`;
}

/** Formats an instant in few characters, for the bar: "24 Nov 2026, 14:00". */
export const formatShortInstant = (instant: string, language: ReaderLanguage): string =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE }).format(
    new Date(instant),
  );

/** Formats the day of an instant in the Netherlands: "24 November 2026". */
export const formatDay = (instant: string, language: ReaderLanguage): string =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: TIME_ZONE }).format(new Date(instant));

const DAY_FORMAT = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE });

/** Returns the day of an instant in the Netherlands, as `2026-11-24`. */
export const dayOf = (instant: Date): string => DAY_FORMAT.format(instant);

/** Returns the current day in the Netherlands, which is that of the register. */
export const today = (): string => dayOf(new Date());
