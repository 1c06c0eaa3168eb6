import { useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { useEnumWords } from '../enum-words.js';
import { ask } from '../fetch-query.js';
import { useTongue, useWords } from '../language.js';
import { type Cited, type Evidenced, enumOf, evidenceQuery, factsOf, isSafeLink } from '../result/evidence.js';
import { dateInWords, humanize, periodInWords } from '../result/words.js';

const words = {
  en: {
    loading: 'Looking for its sources …',
    failed: 'The sources could not be read: ',
    none: 'No source is recorded for it.',
    whole: 'The record as a whole',
    periods: 'Status over time',
    plain: 'address not https, so no link',
  },
  nl: {
    loading: 'De bronnen worden gezocht …',
    failed: 'De bronnen konden niet worden gelezen: ',
    none: 'Er is geen bron voor vastgelegd.',
    whole: 'Het gegeven als geheel',
    periods: 'Status door de tijd',
    plain: 'adres is niet https, dus geen link',
  },
};

type Found =
  | { state: 'loading' }
  | { state: 'failed'; why: string }
  | { state: 'found'; type: string; record: Evidenced };

interface Node {
  node: Evidenced | null;
}

function useRecord(id: string): Found {
  const schema = useGraphiQL(state => state.schema);
  const [found, setFound] = useState<Found>({ state: 'loading' });
  useEffect(() => {
    if (!schema) return undefined;
    const ends = new AbortController();
    const read = async () => {
      const kindQuery = 'query Kind($id: ID!) { node(id: $id) { __typename } }';
      const { node: kind } = await ask<Node>(kindQuery, { id }, ends.signal);
      const type = String(kind?.__typename);
      const query = evidenceQuery(schema, type);
      const node = query ? (await ask<Node>(query, { id }, ends.signal)).node : null;
      setFound({ state: 'found', type, record: node ?? { citations: [] } });
    };
    read().catch((error: unknown) => {
      if (!ends.signal.aborted)
        setFound({ state: 'failed', why: error instanceof Error ? error.message : String(error) });
    });
    return () => ends.abort();
  }, [id, schema]);
  return found;
}

/** The facts of one record as the register has them now, each with its sources. */
export function Sources({ id }: { id: string }) {
  const texts = useWords(words);
  const tongue = useTongue();
  const enumWords = useEnumWords();
  const schema = useGraphiQL(state => state.schema);
  const found = useRecord(id);
  if (found.state === 'loading') return <p role="status">{texts.loading}</p>;
  if (found.state === 'failed') return <p role="alert">{texts.failed + found.why}</p>;
  const facts = factsOf(found.record);
  const periods = found.record.statusPeriods ?? [];
  const said = (fact: string, value: string) => {
    const type = schema && enumOf(schema, found.type, fact);
    return type
      ? value
          .split('; ')
          .map(one => enumWords(type, one))
          .join('; ')
      : value;
  };
  return (
    <div className="desk-evidence">
      {facts.length === 0 && <p>{texts.none}</p>}
      <dl>
        {facts.map(({ fact, value, sources }) => (
          <div key={fact}>
            <dt>
              {fact ? humanize(fact) : texts.whole} {value && <strong>{said(fact, value)}</strong>}
            </dt>
            {sources.map(source => (
              <dd key={`${source.url} ${source.title}`}>
                <SourceLine source={source} plain={texts.plain} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
      {periods.length > 0 && <h3>{texts.periods}</h3>}
      <dl>
        {periods.map(({ status, from, until, reason, citations }) => (
          <div key={from}>
            <dt>
              {enumWords('PartnershipStatus', status)} <strong>{periodInWords(from, until, false, tongue)}</strong>
            </dt>
            {reason && <dd>{reason}</dd>}
            {citations.map(({ source }) => (
              <dd key={`${source.url} ${source.title}`}>
                <SourceLine source={source} plain={texts.plain} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </div>
  );
}

function SourceLine({ source: { title, publisher, url, publishedOn }, plain }: { source: Cited; plain: string }) {
  const tongue = useTongue();
  return (
    <>
      {isSafeLink(url) ? (
        <a href={url} target="_blank" rel="noopener noreferrer">
          {title}
        </a>
      ) : (
        <span>
          {title}
          {url && ` (${url}; ${plain})`}
        </span>
      )}
      <span className="desk-publisher">
        {[publisher, publishedOn && dateInWords(publishedOn, tongue)].filter(Boolean).join(', ')}
      </span>
    </>
  );
}
