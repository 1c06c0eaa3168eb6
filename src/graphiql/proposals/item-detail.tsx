import { useState } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { Candidates } from './candidates.js';
import { pathOfProblem } from './comparison.js';
import { ComparisonTable } from './comparison-table.js';
import { type Decision, type DecisionKind, fittingDecisions, type Item, type Proposal } from './proposal.js';
import { placeText } from './row-texts.js';
import { useProposalTexts } from './texts.js';
import { useFieldLabel } from './use-field-label.js';

const KEYS = { ACCEPT: 'a', REJECT: 'r', KEEP_BOTH: 'b' } as const;
const BUTTONS = ['ACCEPT', 'REJECT', 'KEEP_BOTH'] as const;

interface ItemDetailProps {
  proposal: Proposal;
  item: Item;
  /** A decision that is being stored. */
  pending: Decision | undefined;
  take: (item: Item, decision: DecisionKind, choice?: string) => void;
}

/** Shows one row beside its record, and the decisions on it. */
export function ItemDetail({ proposal, item, pending, take }: ItemDetailProps) {
  const texts = useProposalTexts();
  const enumLabel = useEnumLabels(useReaderLanguage());
  const fieldLabel = useFieldLabel();
  const place = placeText(item, texts);
  const fitting = fittingDecisions(proposal, item);
  const decision = pending?.decision ?? item.decision;
  const canChoose = fitting.includes('CHOOSE');
  return (
    <section className="proposal-item" aria-label={place}>
      <h3>
        {place} <span className="proposal-verdict">{enumLabel('ProposalVerdict', item.verdict)}</span>
      </h3>
      <p>
        {texts.record}:{' '}
        {item.subjectId ? (
          <>
            <strong>{item.subject?.label ?? item.subjectId}</strong> <code>{item.subjectId}</code>
          </>
        ) : item.verdict === 'CREATE' ? (
          texts.new
        ) : (
          '–'
        )}
      </p>
      {item.problems.length > 0 && (
        <ul className="proposal-problems" aria-label={texts.problems}>
          {item.problems.map(problem => {
            const path = pathOfProblem(problem);
            return (
              <li key={`${problem.rule} ${path}`}>
                {path && <strong title={path}>{fieldLabel(path)}</strong>} {problem.message}
              </li>
            );
          })}
        </ul>
      )}
      <ComparisonTable proposal={proposal} item={item} />
      {item.candidates.length > 0 && (
        <Candidates
          item={item}
          canChoose={canChoose && proposal.state === 'OPEN'}
          choose={id => take(item, 'CHOOSE', id)}
        />
      )}
      {proposal.state === 'OPEN' && (
        <>
          {canChoose && <OtherRecord choose={id => take(item, 'CHOOSE', id)} />}
          <fieldset className="desk-choices proposal-decisions">
            <legend className="desk-hidden">{texts.decisions}</legend>
            {BUTTONS.filter(option => fitting.includes(option)).map(option => (
              <button
                key={option}
                type="button"
                className="desk-button"
                aria-pressed={decision === option}
                aria-keyshortcuts={KEYS[option]}
                onClick={() => take(item, option)}
              >
                {enumLabel('ProposalDecision', option)} <kbd>{KEYS[option]}</kbd>
              </button>
            ))}
            {pending && <span className="desk-count">{texts.saving}</span>}
          </fieldset>
        </>
      )}
    </section>
  );
}

/** Takes the id of a record that is none of the candidates. */
function OtherRecord({ choose }: { choose: (id: string) => void }) {
  const texts = useProposalTexts();
  const [id, setId] = useState('');
  return (
    <form
      className="desk-choices"
      onSubmit={event => {
        event.preventDefault();
        if (id.trim()) choose(id.trim());
      }}
    >
      <label>
        {texts.otherId} <input value={id} onChange={event => setId(event.target.value)} spellCheck={false} />
      </label>
      <button type="submit" className="desk-button">
        {texts.choose}
      </button>
    </form>
  );
}
