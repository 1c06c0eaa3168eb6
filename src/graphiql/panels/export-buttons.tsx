import { useState } from 'react';
import { useWords } from '../language.js';
import { toClipboard, toCsv, toNdjson } from '../result/files.js';
import type { Row, Table } from '../result/tables.js';
import { copyText } from './copy.js';
import { saveFile } from './save.js';

const words = {
  en: {
    rows: (count: number, total: number | null) =>
      `${total !== null && total !== count ? `${count} of ${total}` : count} ${count === 1 && (total ?? 1) === 1 ? 'row' : 'rows'}`,
    copy: 'Copy',
    copied: 'Copied',
    failed: 'Not copied: the browser does not allow it.',
  },
  nl: {
    rows: (count: number, total: number | null) =>
      `${total !== null && total !== count ? `${count} van ${total}` : count} ${count === 1 && (total ?? 1) === 1 ? 'rij' : 'rijen'}`,
    copy: 'Kopieer',
    copied: 'Gekopieerd',
    failed: 'Niet gekopieerd: de browser staat het niet toe.',
  },
};

/** How many rows there are, and ways to take them along in the order they are in. */
export function TakeAlong({ table, rows, name }: { table: Table; rows: readonly Row[]; name: string }) {
  const texts = useWords(words);
  const [said, setSaid] = useState<{ of: Table; text: string }>();
  const copy = async () => {
    const copied = await copyText(toClipboard(table.columns, rows));
    setSaid({ of: table, text: copied ? texts.copied : texts.failed });
  };
  const save = (ending: string, type: string, content: string) =>
    saveFile(`${name}.${ending}`, new Blob([content], { type: `${type};charset=utf-8` }));
  return (
    <div className="desk-choices">
      <span className="desk-count">{texts.rows(rows.length, table.total)}</span>
      <button type="button" className="desk-button" onClick={() => void copy()}>
        {texts.copy}
      </button>
      <button type="button" className="desk-button" onClick={() => save('csv', 'text/csv', toCsv(table.columns, rows))}>
        CSV
      </button>
      <button
        type="button"
        className="desk-button"
        onClick={() => save('ndjson', 'application/x-ndjson', toNdjson(table.columns, rows))}
      >
        NDJSON
      </button>
      <span role="status">{said?.of === table && said.text}</span>
    </div>
  );
}
