import './reports.css';

import { useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { ReportForm } from './report-form.js';
import { reportTexts } from './report-texts.js';
import { fieldsOfFact, reportableFields } from './reportable-fields.js';

interface ReportErrorProps {
  id: string;
  type: string;
  /** The fact as the citations name it; empty for the record as a whole. */
  fact: string;
  /** The fact in the words of the page. */
  label: string;
  /** The value that the reader sees. */
  value: string | null;
}

/** Asks of a fact whether it is wrong, and opens the form that reports it. The past can be read, not reported on. */
export function ReportError({ id, type, fact, label, value }: ReportErrorProps) {
  const language = useReaderLanguage();
  const texts = reportTexts[language];
  const enumLabel = useEnumLabels(language);
  const schema = useGraphiQL(state => state.schema);
  const isPast = useKnownAt() !== undefined;
  const [state, setState] = useState<'closed' | 'open' | { receipt: string }>('closed');
  const button = useRef<HTMLButtonElement>(null);
  const receipt = useRef<HTMLParagraphElement>(null);
  const fields = useMemo(
    () => (schema ? fieldsOfFact(reportableFields(schema, type), fact) : []),
    [schema, type, fact],
  );
  useEffect(() => {
    if (typeof state === 'object') receipt.current?.focus();
  }, [state]);
  if (isPast || fields.length === 0) return null;
  if (state === 'open') {
    return (
      <ReportForm
        record={{ id, type }}
        fields={fields.map(path => ({ path, label: enumLabel('Field', path) }))}
        label={label}
        doubted={fields.length === 1 ? value : null}
        finish={proposal => setState({ receipt: proposal })}
        cancel={() => {
          setState('closed');
          // The button is rendered again in place of the form.
          requestAnimationFrame(() => button.current?.focus());
        }}
      />
    );
  }
  return (
    <>
      <button
        type="button"
        ref={button}
        className="report-ask"
        lang={language === 'zh' ? 'zh-Hans' : language}
        aria-label={texts.askAbout(label)}
        onClick={() => setState('open')}
      >
        {texts.ask}
      </button>
      {typeof state === 'object' && (
        <p role="status" className="report-receipt" ref={receipt} tabIndex={-1}>
          {texts.receipt} <code>{state.receipt}</code>
        </p>
      )}
    </>
  );
}
