import { useState } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { useTranslation } from '../language.js';
import { fileNameAt } from '../result/known-at.js';
import type { Row, Table } from '../result/table-data.js';
import { toClipboard, toCsv, toNdjson } from '../result/table-files.js';
import { copyText } from './copy.js';
import { saveFile } from './save.js';

const translations = {
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

/** Shows the number of rows, and buttons that copy or save them in the current order. */
export function ExportButtons({ table, rows, name }: { table: Table; rows: readonly Row[]; name: string }) {
  const texts = useTranslation(translations);
  const knownAt = useKnownAt();
  const [status, setStatus] = useState<{ table: Table; text: string }>();
  const copy = async () => {
    const copied = await copyText(toClipboard(table.columns, rows));
    setStatus({ table, text: copied ? texts.copied : texts.failed });
  };
  const save = (extension: string, type: string, content: string) =>
    saveFile(`${fileNameAt(name, knownAt)}.${extension}`, new Blob([content], { type: `${type};charset=utf-8` }));
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
      <span role="status">{status?.table === table && status.text}</span>
    </div>
  );
}
