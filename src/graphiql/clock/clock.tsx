import './clock.css';

import { useGraphiQL } from '@graphiql/react';
import { OperationTypeNode } from 'graphql';
import { useRef, useState } from 'react';
import { useReaderLanguage } from '../language.js';
import { operationOf } from '../result/operation-request.js';
import { formatShortInstant } from './amsterdam.js';
import { ClockDialog } from './clock-dialog.js';
import { clockTexts } from './clock-texts.js';
import { useKnownAt } from './moment.js';
import { instantOf, useResolvedMoment } from './resolve-moment.js';

/** Button in the bar: the moment of the page, and the dialog that sets it. */
export function Clock() {
  const knownAt = useKnownAt();
  const moment = useResolvedMoment();
  const language = useReaderLanguage();
  const texts = clockTexts[language];
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  // A running mutation belongs to the present, and its result must be seen there.
  const isWriting = useGraphiQL(
    ({ isFetching, documentAST, operationName }) =>
      isFetching &&
      documentAST !== undefined &&
      operationOf(documentAST, operationName)?.operation === OperationTypeNode.MUTATION,
  );
  const instant = instantOf(moment);
  const shown = knownAt === undefined ? texts.now : instant ? formatShortInstant(instant, language) : '…';
  const open = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <span className="clock" lang={texts.locale}>
      <button
        type="button"
        className="clock-button"
        aria-haspopup="dialog"
        aria-label={`${texts.clock}: ${shown}`}
        data-set={knownAt !== undefined}
        disabled={isWriting}
        onClick={open}
      >
        <ClockIcon />
        <span>{shown}</span>
      </button>
      <dialog ref={dialog} className="clock-dialog" aria-labelledby="clock-title" onClose={() => setOpen(false)}>
        {isOpen && <ClockDialog close={() => dialog.current?.close()} />}
      </dialog>
    </span>
  );
}

const ClockIcon = () => (
  <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" aria-hidden="true">
    <path d="M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M10 6v4l3 2" />
  </svg>
);
