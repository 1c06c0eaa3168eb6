import { useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo, useState } from 'react';
import { type Cited, type Evidenced, evidenceQuery, factsOf, isSafeLink } from '../answer/evidence.js';
import { everyItem, isRecordItem, labelOf, textOf } from '../answer/items.js';
import type { Item } from '../answer/read.js';
import { dateInWords, inWords, periodInWords } from '../answer/words.js';
import { useEnumWords } from '../enum-words.js';
import { selected, useAnswer } from '../page-answers.js';
import { useTongue, useWords } from '../tongue.js';
import { useShared } from '../value.js';
import { Nothing, Panel } from './panel.js';

const words = {
  en: {
    title: 'Evidence',
    nothing: 'There is no record to show the sources of: the answer holds none with an id. This question has them:',
    record: 'Record',
    loading: 'Looking for its sources …',
    failed: 'The sources could not be read: ',
    none: 'No source is recorded for it.',
    whole: 'The record as a whole',
    periods: 'Status over time',
    plain: 'address not https, so no link',
  },
  nl: {
    title: 'Bewijs',
    nothing:
      'Er is geen gegeven om de bronnen van te tonen: het antwoord bevat er geen met een id. Deze vraag heeft ze:',
    record: 'Gegeven',
    loading: 'De bronnen worden gezocht …',
    failed: 'De bronnen konden niet worden gelezen: ',
    none: 'Er is geen bron voor vastgelegd.',
    whole: 'Het gegeven als geheel',
    periods: 'Status door de tijd',
    plain: 'adres is niet https, dus geen link',
  },
};

/** The sources behind one record of the answer, for each of its facts. */
export function Evidence() {
  const texts = useWords(words);
  const tongue = useTongue();
  const { root } = useAnswer();
  const chosen = useShared(selected);
  const records = useMemo(() => {
    const found = new Map<string, Item>();
    for (const [item] of root ? everyItem(root) : []) {
      const id = isRecordItem(item) && textOf(item, 'id');
      if (id && !found.has(id)) found.set(id, item);
    }
    return found;
  }, [root]);
  const id = (chosen && textOf(chosen, 'id')) || [...records.keys()][0];
  const record = (id && records.get(id)) || chosen;
  return (
    <Panel title={texts.title}>
      {id && record ? (
        <>
          <label className="desk-choices">
            {texts.record}{' '}
            <select value={id} onChange={event => selected.set(records.get(event.target.value) ?? null)}>
              {!records.has(id) && <option value={id}>{labelOf(record, tongue)}</option>}
              {[...records].map(([one, item]) => (
                <option key={one} value={one}>
                  {labelOf(item, tongue)}
                </option>
              ))}
            </select>
          </label>
          <Sources key={id} id={id} />
        </>
      ) : (
        <Nothing question="38-all-ties-on-the-map">{texts.nothing}</Nothing>
      )}
    </Panel>
  );
}

type Found =
  | { state: 'loading' }
  | { state: 'failed'; why: string }
  | { state: 'found'; type: string; record: Evidenced };

function useRecord(id: string): Found {
  const schema = useGraphiQL(state => state.schema);
  const [found, setFound] = useState<Found>({ state: 'loading' });
  useEffect(() => {
    if (!schema) return undefined;
    const ends = new AbortController();
    const ask = async () => {
      const { node: kind } = await send('query Kind($id: ID!) { node(id: $id) { __typename } }', id, ends.signal);
      const type = String(kind?.__typename);
      const query = evidenceQuery(schema, type);
      const node = query ? (await send(query, id, ends.signal)).node : null;
      setFound({ state: 'found', type, record: node ?? { citations: [] } });
    };
    ask().catch((error: unknown) => {
      if (!ends.signal.aborted)
        setFound({ state: 'failed', why: error instanceof Error ? error.message : String(error) });
    });
    return () => ends.abort();
  }, [id, schema]);
  return found;
}

async function send(query: string, id: string, signal: AbortSignal): Promise<{ node: Evidenced | null }> {
  const response = await fetch(location.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables: { id } }),
    signal,
  });
  const { data, errors } = await response.json();
  if (!data) throw new Error(errors?.[0]?.message ?? response.statusText);
  return data;
}

function Sources({ id }: { id: string }) {
  const texts = useWords(words);
  const tongue = useTongue();
  const enumWords = useEnumWords();
  const found = useRecord(id);
  if (found.state === 'loading') return <p role="status">{texts.loading}</p>;
  if (found.state === 'failed') return <p role="alert">{texts.failed + found.why}</p>;
  const facts = factsOf(found.record);
  const periods = found.record.statusPeriods ?? [];
  const said = (value: string) => (/^[A-Z_]{3,}$/.test(value) ? enumWords('', value) : value);
  return (
    <div className="desk-evidence">
      {facts.length === 0 && <p>{texts.none}</p>}
      <dl>
        {facts.map(({ fact, value, sources }) => (
          <div key={fact}>
            <dt>
              {fact ? inWords(fact) : texts.whole}
              {value && <strong>{value.split('; ').map(said).join('; ')}</strong>}
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
              {enumWords('PartnershipStatus', status)}
              <strong>{periodInWords(from, until, false, tongue)}</strong>
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
