const DAY_MS = 86_400_000;

/** Made at its first use: no start needs it. */
let offsets: Intl.DateTimeFormat | undefined;
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** Returns by how many milliseconds the clocks of Amsterdam are ahead of UTC at an instant. */
function offsetAt(instant: number): number {
  offsets ??= new Intl.DateTimeFormat('en', { timeZone: 'Europe/Amsterdam', timeZoneName: 'longOffset' });
  const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(offsets.format(instant)) ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return sign === '-' ? -ms : ms;
}

/**
 * Returns the instant at which the clocks of Amsterdam show a time, in RFC 3339: `2026-07-01T00:00:00` becomes
 * `2026-07-01T00:00:00+02:00`. A time that they show twice is the earlier instant. A time that they skip is as much later as
 * they skip.
 *
 * @param time A valid date with its time, without an offset.
 */
export function inAmsterdam(time: string): string {
  const shown = Date.parse(`${time}Z`);
  const [before, after] = [offsetAt(shown - DAY_MS), offsetAt(shown + DAY_MS)];
  const isBefore = offsetAt(shown - before) === before || offsetAt(shown - after) !== after;
  return format(shown - (isBefore ? before : after));
}

/** Formats an instant with the offset of Amsterdam; in UTC if that offset has seconds, as it had until 1937. */
function format(instant: number): string {
  const offset = offsetAt(instant);
  const isWhole = offset % 60_000 === 0;
  const text = new Date(instant + (isWhole ? offset : 0)).toISOString().replace(/(?:\.000)?Z$/, '');
  if (!isWhole) return `${text}Z`;
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 3_600_000), (Math.abs(offset) / 60_000) % 60];
  return `${text}${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
