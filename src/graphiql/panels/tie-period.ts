import { formatDate, formatPeriod, type ReaderLanguage } from '../result/format.js';
import { mapTexts } from './map-texts.js';

/** Returns the period of a tie in words; of one whose status is unknown only that it had begun. */
export function tiePeriod(
  tie: { readonly status: string | null; readonly startedOn: string | null; readonly endedOn: string | null },
  language: ReaderLanguage,
): string {
  const { status, startedOn, endedOn } = tie;
  return status === 'UNKNOWN' && startedOn && !endedOn
    ? mapTexts[language].since(formatDate(startedOn, language))
    : formatPeriod(startedOn, endedOn, status === 'ENDED', language);
}
