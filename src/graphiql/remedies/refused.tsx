import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { GraphQLSchema } from 'graphql';
import { useMemo } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import type { Explanation, Remedy, RemedyWords } from '../result/explanation.js';
import { rootList } from '../result/page-size.js';
import { explainQuery } from '../result/remedies.js';
import { type RemedyTexts, remedyTexts } from '../result/remedy-texts.js';
import type { RefusedError } from '../result/result-store.js';
import { withDatesAsTexts, withoutCursors } from '../result/rewrites.js';
import { useRewrite } from '../rewrite.js';
import { FewerRecords } from './fewer-records.js';

/** Codes of documents that the page can explain by the schema. */
const OF_DOCUMENT = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/** Says why the register refused a question, each reason with what can be done about it. */
export function Refused({ query, errors }: { query: string; errors: readonly RefusedError[] }) {
  const texts = useTranslation(remedyTexts);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels();
  const schema = useGraphiQL(state => state.schema);
  const { setVisiblePlugin } = useGraphiQLActions();
  const rewrite = useRewrite();
  const explanations = useMemo(
    () => explained(schema, query, errors, { language, enumLabel }),
    [schema, query, errors, language, enumLabel],
  );
  const codes = new Set(errors.map(({ code }) => code));
  const costs = errors.find(({ rule }) => rule === 'COST_TOO_HIGH')?.params;
  return (
    <>
      <ul className="desk-reasons">
        {explanations.map(({ text, detail, remedies }) => (
          <li key={text + (detail ?? '')}>
            {text} {detail && <span lang="en">{detail}</span>}{' '}
            {remedies.map(remedy => (
              <button
                key={remedy.label}
                type="button"
                className="desk-button"
                onClick={() => rewrite({ query: remedy.query })}
              >
                {remedy.label}
              </button>
            ))}
          </li>
        ))}
      </ul>
      <div className="desk-choices">
        {costs && <FewerRecords query={query} params={costs} />}
        {codes.has('GRAPHQL_PARSE_FAILED') && (
          <>
            <button type="button" className="desk-button" onClick={() => setVisiblePlugin('Questions')}>
              {texts.choose}
            </button>
            <button type="button" className="desk-button" onClick={() => setVisiblePlugin('Builder')}>
              {texts.build}
            </button>
          </>
        )}
      </div>
    </>
  );
}

/** Returns the reasons in the language of the reader, each once. */
function explained(
  schema: GraphQLSchema | null | undefined,
  query: string,
  errors: readonly RefusedError[],
  words: RemedyWords,
): Explanation[] {
  const texts = remedyTexts[words.language];
  if (schema && errors.some(({ code }) => OF_DOCUMENT.has(code ?? ''))) {
    const explanations = explainQuery(schema, query, words);
    if (explanations.length > 0) return explanations;
  }
  return errors.map(error => {
    const remedy = schema && remedyFor(schema, query, error, texts);
    return { text: error.message, remedies: remedy ? [remedy] : [] };
  });
}

/** Returns what puts a query right that breaks a rule of the register. */
function remedyFor(
  schema: GraphQLSchema,
  query: string,
  { code, rule, params }: RefusedError,
  texts: RemedyTexts,
): Remedy | undefined {
  const remedy = (label: string, next: string | undefined) => (next === undefined ? undefined : { label, query: next });
  if (code === 'INVALID_CURSOR') return remedy(texts.withoutCursor, withoutCursors(query));
  if (rule === 'DATE_NOT_TEXT') return remedy(texts.quoteDates, withDatesAsTexts(schema, query));
  if (rule === 'PAGE_SIZE_OUT_OF_RANGE') {
    const limit = Number(params?.limit);
    const list = rootList({ query });
    return list && list.size > limit ? remedy(texts.fewer(limit), list.sized(limit)) : undefined;
  }
  return undefined;
}
