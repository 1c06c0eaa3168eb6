import { useGraphiQL } from '@graphiql/react';
import { type FormEvent, useId, useState } from 'react';
import { formatInstant } from '../clock/amsterdam.js';
import { useEnumLabels } from '../enum-labels.js';
import { failureMessage } from '../failure-message.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage } from '../language.js';
import { ReportSource } from './report-source.js';
import { reportTexts } from './report-texts.js';
import { enumOfField } from './reportable-fields.js';

const REPORT = `mutation ReportError($input: ReportErrorInput!, $language: Language!) {
  reportError(input: $input) { proposal { id } userErrors { message(language: $language) } }
}`;
/** The limit of the register for a doubted value. */
const MAX_DOUBTED_LENGTH = 300;

interface Answer {
  reportError: { proposal: { id: string } | null; userErrors: { message: string }[] };
}

interface ReportFormProps {
  record: { id: string; type: string };
  /** The fields to choose from. */
  fields: readonly { path: string; label: string }[];
  label: string;
  doubted: string | null;
  /** Called with the id of the report. */
  finish: (proposal: string) => void;
  cancel: () => void;
}

/** Reports that a value of the register seems wrong, without a key. Errors of the register stay beside what was typed. */
export function ReportForm({ record, fields, label, doubted, finish, cancel }: ReportFormProps) {
  const language = useReaderLanguage();
  const texts = reportTexts[language];
  const enumLabel = useEnumLabels(language);
  const schema = useGraphiQL(state => state.schema);
  const [field, setField] = useState(fields.length === 1 ? (fields[0]?.path ?? '') : '');
  const [hasSource, setHasSource] = useState(false);
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState('');
  const [seenAt] = useState(() => new Date().toISOString());
  const enumType = schema ? enumOfField(schema, record.type, field) : undefined;
  const labelValue = (value: string) => (enumType ? enumLabel(enumType.name, value) : value);
  const proposedId = useId();

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) return undefined;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim() || null;
    const source = { title: text('title'), publisher: text('publisher'), url: text('url') };
    const input = {
      subjectId: record.id,
      field,
      doubted: doubted?.slice(0, MAX_DOUBTED_LENGTH) ?? null,
      proposed: text('proposed'),
      message: text('message') ?? '',
      seenAt,
      source: hasSource ? source : null,
    };
    setSending(true);
    setFailure('');
    try {
      const variables = { input, language: language.toUpperCase() };
      const { reportError } = await fetchQuery<Answer>(REPORT, { variables, language });
      if (reportError.proposal) return finish(reportError.proposal.id);
      setFailure(reportError.userErrors.map(({ message }) => message).join(' '));
    } catch (error) {
      setFailure(failureMessage(error));
    }
    return setSending(false);
  };
  return (
    <form
      className="report-form"
      lang={language === 'zh' ? 'zh-Hans' : language}
      aria-label={texts.title(label)}
      onSubmit={event => void send(event)}
      onKeyDown={event => event.key === 'Escape' && cancel()}
      onChange={event => {
        const form = new FormData(event.currentTarget);
        setHasSource(['title', 'publisher', 'url'].some(name => String(form.get(name) ?? '').trim() !== ''));
      }}
    >
      <p>
        <strong>{texts.title(label)}</strong>
      </p>
      <p>{texts.note}</p>
      {fields.length > 1 && (
        <label>
          {texts.field}
          {/* biome-ignore lint/a11y/noAutofocus: the reader opened the form. */}
          <select required autoFocus value={field} onChange={event => setField(event.target.value)}>
            <option value="">{texts.choose}</option>
            {fields.map(({ path, label: name }) => (
              <option key={path} value={path}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {doubted && (
        <p>
          {texts.register}: <strong>{labelValue(doubted)}</strong>
        </p>
      )}
      <label htmlFor={proposedId}>
        {texts.proposed}
        {enumType ? (
          <select name="proposed" id={proposedId}>
            <option value="">{texts.choose}</option>
            {enumType.getValues().map(({ name: value }) => (
              <option key={value} value={value}>
                {labelValue(value)}
              </option>
            ))}
          </select>
        ) : (
          // biome-ignore lint/a11y/noAutofocus: the reader opened the form.
          <input name="proposed" id={proposedId} autoFocus={fields.length === 1} autoComplete="off" />
        )}
      </label>
      <label>
        {texts.message}
        <textarea name="message" rows={3} required maxLength={2_000} />
      </label>
      <ReportSource isRequired={hasSource} />
      <p>
        <small>{texts.seenAt(formatInstant(seenAt, language))}</small>
      </p>
      {failure && (
        <p role="alert" className="report-failure">
          {failure}
        </p>
      )}
      <div className="desk-choices">
        <button type="submit" className="desk-button" aria-disabled={isSending}>
          {isSending ? texts.sending : texts.send}
        </button>
        <button type="button" className="desk-button" onClick={cancel}>
          {texts.cancel}
        </button>
      </div>
    </form>
  );
}
