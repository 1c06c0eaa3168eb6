import { useState } from 'react';
import { today } from '../clock/amsterdam.js';
import { useKnownAt } from '../clock/moment.js';
import { useMomentText } from '../clock/resolve-moment.js';
import { useTranslation } from '../language.js';
import { pageAddress } from '../page-address.js';
import { fileNameAt } from '../result/known-at.js';
import type { Column, Row, Table } from '../result/table-data.js';
import { toClipboard, toCsv, toNdjson } from '../result/table-files.js';
import { sheetOf, workbookOf } from '../result/workbook.js';
import { copyText } from './copy.js';
import { saveFile } from './save.js';
import type { ShownColumn } from './table-state.js';

const rowsOf = (count: number, total: number | null, word: string, words: string, of: string) =>
  `${total !== null && total !== count ? `${count} ${of} ${total}` : count} ${count === 1 && (total ?? 1) === 1 ? word : words}`;

const translations = {
  en: {
    rows: (count: number, total: number | null) => rowsOf(count, total, 'row', 'rows', 'of'),
    copy: 'Copy',
    copied: 'Copied',
    failed: 'Not copied: the browser does not allow it.',
    tooLong: 'Too much for a workbook of the page: take CSV, or the file from the server.',
    about: { title: 'Question', rows: 'Rows', moment: 'Moment', saved: 'Saved on', link: 'Link', columns: 'Column' },
  },
  nl: {
    rows: (count: number, total: number | null) => rowsOf(count, total, 'rij', 'rijen', 'van'),
    copy: 'Kopieer',
    copied: 'Gekopieerd',
    failed: 'Niet gekopieerd: de browser staat het niet toe.',
    tooLong: 'Te veel voor een werkmap van de pagina: neem CSV, of het bestand van de server.',
    about: { title: 'Vraag', rows: 'Rijen', moment: 'Moment', saved: 'Bewaard op', link: 'Link', columns: 'Kolom' },
  },
  zh: {
    rows: (count: number, total: number | null) =>
      total !== null && total !== count ? `${total} 行中的 ${count} 行` : `${count} 行`,
    copy: '复制',
    copied: '已复制',
    failed: '未复制：浏览器不允许。',
    tooLong: '数据过多，无法由页面生成工作簿：请选择 CSV，或从服务器下载文件。',
    about: { title: '问题', rows: '行数', moment: '时刻', saved: '保存日期', link: '链接', columns: '列' },
  },
};

interface ExportButtonsProps {
  readonly table: Table;
  /** Rows in view, in their order. */
  readonly rows: readonly Row[];
  /** Columns in view, in their order. */
  readonly columns: readonly ShownColumn[];
  readonly textOf: (column: Column, row: Row) => string;
  /** Name of files, without extension. */
  readonly name: string;
  /** Title of the question. */
  readonly title: string;
}

/**
 * Shows the number of rows, and buttons that copy or save what is in view. CSV and NDJSON have the names and codes of the API,
 * for programs; the workbook has the words of the page.
 */
export function ExportButtons({ table, rows, columns, textOf, name, title }: ExportButtonsProps) {
  const texts = useTranslation(translations);
  const knownAt = useKnownAt();
  const momentText = useMomentText();
  // Rows that a filter leaves out are counted, so that nobody takes the rest for all.
  const total = rows.length < table.rows.length ? table.rows.length : table.total;
  const [status, setStatus] = useState<{ table: Table; text: string }>();
  const report = (text: string) => setStatus({ table, text });
  const copy = async () => report((await copyText(toClipboard(columns, rows))) ? texts.copied : texts.failed);
  const file = fileNameAt(name, knownAt);
  const save = (extension: string, type: string, content: string) =>
    saveFile(`${file}.${extension}`, new Blob([content], { type: `${type};charset=utf-8` }));
  const saveWorkbook = async () => {
    const data = sheetOf(columns, rows, textOf);
    const about = texts.about;
    const content = await workbookOf(data, [
      [about.title, title],
      [about.rows, texts.rows(rows.length, total)],
      ...(momentText ? [[about.moment, momentText] as const] : []),
      [about.saved, today()],
      [about.link, pageAddress()],
      ...columns.map(column => [`${about.columns}: ${column.label}`, column.name] as const),
    ]);
    if (!content) return report(texts.tooLong);
    saveFile(`${file}.xlsx`, content);
  };
  return (
    <>
      <span className="desk-count">{texts.rows(rows.length, total)}</span>
      <button type="button" className="desk-button" onClick={() => void copy()}>
        {texts.copy}
      </button>
      <button type="button" className="desk-button" onClick={() => save('csv', 'text/csv', toCsv(columns, rows))}>
        CSV
      </button>
      <button type="button" className="desk-button" onClick={() => void saveWorkbook()}>
        XLSX
      </button>
      <button
        type="button"
        className="desk-button"
        onClick={() => save('ndjson', 'application/x-ndjson', toNdjson(columns, rows))}
      >
        NDJSON
      </button>
      <span role="status">{status?.table === table && status.text}</span>
    </>
  );
}
