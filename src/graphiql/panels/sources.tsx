import { useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { useEnumLabels, useFieldLabels } from '../enum-labels.js';
import { failureMessage } from '../failure-message.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { ReportError } from '../reports/report-error.js';
import { fieldWord } from '../result/column-labels.js';
import { type CitedRecord, enumTypeOf, evidenceQuery, factsOf } from '../result/evidence.js';
import { BOOLEAN_WORDS } from '../result/field-words.js';
import { SourceLine } from './source-line.js';
import { StatusPeriods } from './status-periods.js';

const translations = {
  en: {
    loading: 'Loading sources …',
    failed: 'The sources could not be loaded: ',
    none: 'No sources are recorded for this record.',
    whole: 'The record as a whole',
  },
  nl: {
    loading: 'De bronnen worden gezocht …',
    failed: 'De bronnen konden niet worden gelezen: ',
    none: 'Er is geen bron voor vastgelegd.',
    whole: 'Het gegeven als geheel',
  },
  zh: {
    loading: '正在查找来源…',
    failed: '无法读取来源：',
    none: '这条记录没有登记来源。',
    whole: '整条记录',
  },
};

type RecordState =
  | { state: 'loading' }
  | { state: 'failed'; message: string }
  | { state: 'loaded'; type: string; record: CitedRecord };

interface Node {
  node: CitedRecord | null;
}

function useRecord(id: string): RecordState {
  const schema = useGraphiQL(state => state.schema);
  const knownAt = useKnownAt();
  const [result, setResult] = useState<RecordState>({ state: 'loading' });
  useEffect(() => {
    if (!schema) return undefined;
    const request = new AbortController();
    const options = { variables: { id }, signal: request.signal, knownAt };
    const load = async () => {
      const typeQuery = 'query TypeOf($id: ID!) { node(id: $id) { __typename } }';
      const { node: typed } = await fetchQuery<Node>(typeQuery, options);
      const type = String(typed?.__typename);
      const query = evidenceQuery(schema, type);
      const node = query ? (await fetchQuery<Node>(query, options)).node : null;
      setResult({ state: 'loaded', type, record: node ?? { citations: [] } });
    };
    load().catch((error: unknown) => {
      if (!request.signal.aborted) setResult({ state: 'failed', message: failureMessage(error) });
    });
    return () => request.abort();
  }, [id, schema, knownAt]);
  return result;
}

/** Shows the facts of one record at the moment of the clock, each with its sources. */
export function Sources({ id }: { id: string }) {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels();
  const listLabel = useFieldLabels();
  const schema = useGraphiQL(state => state.schema);
  const result = useRecord(id);
  if (result.state === 'loading') return <p role="status">{texts.loading}</p>;
  if (result.state === 'failed') return <p role="alert">{texts.failed + result.message}</p>;
  const facts = factsOf(result.record);
  const labelOfFact = (fact: string) => {
    const label = fact ? fieldWord(fact, language, listLabel) : texts.whole;
    return label.charAt(0).toUpperCase() + label.slice(1);
  };
  const display = (fact: string, value: string) => {
    const fieldValue = result.record[fact];
    if (typeof fieldValue === 'boolean') return BOOLEAN_WORDS[`${fieldValue}`][language];
    const type = schema && enumTypeOf(schema, result.type, fact);
    return type
      ? value
          .split('; ')
          .map(member => enumLabel(type, member))
          .join('; ')
      : value;
  };
  return (
    <div className="desk-evidence">
      {facts.length === 0 && <p>{texts.none}</p>}
      <dl>
        {facts.map(({ name, value, sources }) => (
          <div key={name}>
            <dt>
              {labelOfFact(name)} {value && <strong>{display(name, value)}</strong>}
            </dt>
            <dd className="desk-report">
              <ReportError id={id} type={result.type} fact={name} label={labelOfFact(name)} value={value} />
            </dd>
            {sources.map(source => (
              <dd key={`${source.url} ${source.title}`}>
                <SourceLine source={source} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <StatusPeriods periods={result.record.statusPeriods ?? []} />
    </div>
  );
}
