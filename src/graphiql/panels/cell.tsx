import { Fragment, useState } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { useReaderLanguage } from '../language.js';
import { type CellPart, partsText } from '../result/cells.js';
import type { ColumnKind } from '../result/flatten.js';
import { recordLink } from '../result/record-link.js';
import { Hanzi } from './hanzi.js';

/** Cells with longer text are cut on the screen until they are unfolded; the copy and the files have all of it. */
const LONG_TEXT_LENGTH = 44;

/** Shows the values of a cell: names as links to their records, addresses as links, and a long text folded. */
export function Cell({ kind, parts }: { kind: ColumnKind; parts: readonly CellPart[] }) {
  const [isOpen, setOpen] = useState(false);
  const text = partsText(parts);
  const isLong = text.length > LONG_TEXT_LENGTH;
  return (
    <td data-kind={kind} data-open={isOpen || undefined} title={isLong && !isOpen ? text : undefined}>
      {isLong && (
        <button
          type="button"
          className="desk-unfold"
          aria-expanded={isOpen}
          aria-label={text}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? '▾' : '▸'}
        </button>
      )}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a cell have no state.
        <Fragment key={index}>
          {index > 0 && '; '}
          <Part part={part} />
        </Fragment>
      ))}
    </td>
  );
}

function Part({ part: { text, record, url } }: { part: CellPart }) {
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  if (url)
    return (
      <a href={url} title={url} target="_blank" rel="noopener noreferrer">
        {text} ↗
      </a>
    );
  if (record)
    return (
      <a href={recordLink(record, language, knownAt)}>
        <Hanzi text={text} />
      </a>
    );
  return <Hanzi text={text} />;
}
