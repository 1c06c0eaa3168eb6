import { useEffect, useState } from 'react';
import { formatDay } from '../clock/amsterdam.js';
import { useKnownAt } from '../clock/moment.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import type { ReaderLanguage } from '../result/format.js';

interface Counts {
  readonly partnerships: { readonly totalCount: number };
  readonly unknown: { readonly totalCount: number };
  readonly exchanges: { readonly totalCount: number };
  readonly changes: { readonly nodes: readonly { readonly recordedAt: string }[] };
}

const COUNTS = `query RegisterSummary {
  partnerships { totalCount }
  unknown: partnerships(filter: { status: { eq: UNKNOWN } }) { totalCount }
  exchanges { totalCount }
  changes(last: 1) { nodes { recordedAt } }
}`;

interface SummaryTexts {
  readonly about: string;
  readonly ties: (count: number) => string;
  readonly exchanges: (count: number) => string;
  readonly updated: (day: string) => string;
  readonly unknown: (count: number) => string;
}

const translations: Readonly<Record<ReaderLanguage, SummaryTexts>> = {
  en: {
    about: 'The register of the ties between Dutch and Chinese local governments.',
    ties: count => (count === 1 ? '1 tie' : `${count} ties`),
    exchanges: count => (count === 1 ? '1 exchange' : `${count} exchanges`),
    updated: day => `updated ${day}`,
    unknown: count => `of ${count} the state is not known`,
  },
  nl: {
    about: 'Het register van de banden tussen Nederlandse en Chinese overheden.',
    ties: count => (count === 1 ? '1 band' : `${count} banden`),
    exchanges: count => (count === 1 ? '1 uitwisseling' : `${count} uitwisselingen`),
    updated: day => `bijgewerkt ${day}`,
    unknown: count => `van ${count} is de stand niet bekend`,
  },
  zh: {
    about: '荷兰与中国地方政府友好关系登记册。',
    ties: count => `${count} 个友好关系`,
    exchanges: count => `${count} 项交流`,
    updated: day => `更新于 ${day}`,
    unknown: count => `其中 ${count} 个的现状不详`,
  },
};

/** States how much the register has, how recent it is, and what it does not know: at the moment of the clock. */
export function RegisterSummary() {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const [counts, setCounts] = useState<Counts>();
  useEffect(() => {
    const request = new AbortController();
    // On failure the line is left out; the questions say what is wrong.
    fetchQuery<Counts>(COUNTS, { signal: request.signal, knownAt }).then(setCounts, () => setCounts(undefined));
    return () => request.abort();
  }, [knownAt]);
  const [newest] = counts?.changes.nodes ?? [];
  return (
    <div className="desk-summary">
      <p>{texts.about}</p>
      <p role="status">
        {counts &&
          [
            texts.ties(counts.partnerships.totalCount),
            texts.exchanges(counts.exchanges.totalCount),
            newest && texts.updated(formatDay(newest.recordedAt, language)),
            counts.unknown.totalCount > 0 && texts.unknown(counts.unknown.totalCount),
          ]
            .filter(Boolean)
            .join(' · ')}
      </p>
    </div>
  );
}
