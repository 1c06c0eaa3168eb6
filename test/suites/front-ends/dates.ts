/** Formats a `PartialDate` of any precision: 1979 → "1979", 1979-11 → "november 1979", 1979-11-23 → "23 november 1979". */
export function formatPartialDate(date: string, locale: string): string {
  const [year = '', month, day] = date.split('-');
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month && { month: 'long' }),
    ...(day && { day: 'numeric' }),
  };
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`));
}

/** The current day as the register counts it. */
export const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date());
