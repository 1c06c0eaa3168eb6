import { useEffect, useRef } from 'react';
import { BULK_KEYS, BULK_KINDS } from './bulk.js';
import { useProposalTexts } from './texts.js';
import type { Bulk } from './use-bulk.js';

interface BulkActionsProps {
  bulk: Bulk;
  /** The number of decisions that are not stored yet. */
  waiting: number;
  /** Called when the question is answered: its buttons, which had the focus, are gone. */
  answered: () => void;
}

/** Takes decisions on many rows: says on how many, and takes them once that is confirmed. */
export function BulkActions({ bulk: { question, ask, confirm, cancel }, waiting, answered }: BulkActionsProps) {
  const texts = useProposalTexts();
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (question) yes.current?.focus();
  }, [question]);
  const answer = (take: () => void) => {
    take();
    answered();
  };
  return (
    <fieldset className="proposal-bulk">
      <legend>{texts.bulk}</legend>
      {question ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape is that of its second button.
        <div
          className="desk-choices"
          onKeyDown={event => {
            // The keys of the rows are not for the question.
            event.stopPropagation();
            if (event.key === 'Escape') answer(cancel);
          }}
        >
          <span role="alert">{texts.bulkSure[question.kind](question.decisions.length)}</span>
          <button ref={yes} type="button" className="desk-button proposal-primary" onClick={() => answer(confirm)}>
            {texts.yes}
          </button>
          <button type="button" className="desk-button" onClick={() => answer(cancel)}>
            {texts.no}
          </button>
        </div>
      ) : (
        <div className="desk-choices">
          {BULK_KINDS.map(kind => (
            <button
              key={kind}
              type="button"
              className="desk-button"
              aria-disabled={waiting > 0}
              aria-keyshortcuts={`Shift+${BULK_KEYS[kind]}`}
              onClick={() => void ask(kind)}
            >
              {texts.bulkActions[kind]} <kbd>⇧{BULK_KEYS[kind]}</kbd>
            </button>
          ))}
          {waiting > 0 && <span>{texts.storing(waiting)}</span>}
        </div>
      )}
    </fieldset>
  );
}
