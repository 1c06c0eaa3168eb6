import { useEffect, useState } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage } from '../language.js';
import type { KnownAt } from '../result/known-at.js';
import { clockTexts } from './clock-texts.js';

interface ChangedField {
  readonly label: string;
  readonly beforeLabel: string | null;
  readonly afterLabel: string | null;
}

interface ChangedRecord {
  readonly subjectId: string;
  readonly subjectLabel: string;
  readonly kind: string;
  readonly fields: readonly ChangedField[];
}

interface Counted {
  readonly changes: { readonly totalCount: number };
}

interface Since extends Counted {
  readonly difference: { readonly totalCount: number; readonly nodes: readonly ChangedRecord[] };
}

const COUNT = 'query ChangeCount { changes(first: 1) { totalCount } }';
const SINCE = `query Since($from: String!, $language: Language!) {
  changes(first: 1) { totalCount }
  difference(from: $from, first: 20) {
    totalCount
    nodes {
      subjectId
      subjectLabel(language: $language)
      kind
      fields { label(language: $language) beforeLabel(language: $language) afterLabel(language: $language) }
    }
  }
}`;

/** Says how many changes the register has had since a moment, and which records are not as they were. */
export function ChangesSince({ knownAt }: { knownAt: KnownAt }) {
  const language = useReaderLanguage();
  const texts = clockTexts[language];
  const enumLabel = useEnumLabels(language);
  const [since, setSince] = useState<{ count: number; records: readonly ChangedRecord[]; more: number }>();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const request = new AbortController();
    const { signal } = request;
    const variables = { from: knownAt, language: language.toUpperCase() };
    const load = async () => {
      const [then, now] = await Promise.all([
        fetchQuery<Counted>(COUNT, { signal, knownAt }),
        fetchQuery<Since>(SINCE, { variables, signal }),
      ]);
      const { nodes, totalCount } = now.difference;
      const count = now.changes.totalCount - then.changes.totalCount;
      setSince({ count, records: nodes, more: totalCount - nodes.length });
    };
    // On failure the banner still states the moment.
    load().catch(() => setSince(undefined));
    return () => request.abort();
  }, [knownAt, language]);
  if (!since) return null;
  if (since.count === 0) return <p>{texts.changesSince(0)}</p>;
  return (
    <details className="clock-since" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{texts.changesSince(since.count)}</summary>
      {isOpen && (
        <ul>
          {since.records.map(({ subjectId, subjectLabel, kind, fields }) => (
            <li key={subjectId}>
              {subjectLabel}, {enumLabel('DifferenceKind', kind)}
              <ul>
                {fields.map(({ label, beforeLabel, afterLabel }) => (
                  <li key={label}>
                    {label}: {beforeLabel ?? '–'} → {afterLabel ?? '–'}
                  </li>
                ))}
              </ul>
            </li>
          ))}
          {since.more > 0 && <li>{texts.moreRecords(since.more)}</li>}
        </ul>
      )}
    </details>
  );
}
