import { useTranslation } from '../language.js';
import type { TableView } from './table-state.js';

const translations = {
  en: {
    columns: 'Columns',
    hidden: (count: number) => (count === 0 ? '' : ` (${count} hidden)`),
    left: (label: string) => `Move ${label} to the left`,
    right: (label: string) => `Move ${label} to the right`,
    filter: (label: string) => `Filter ${label}`,
    contains: 'contains …',
  },
  nl: {
    columns: 'Kolommen',
    hidden: (count: number) => (count === 0 ? '' : ` (${count} verborgen)`),
    left: (label: string) => `${label} naar links`,
    right: (label: string) => `${label} naar rechts`,
    filter: (label: string) => `Filter op ${label}`,
    contains: 'bevat …',
  },
  zh: {
    columns: '列',
    hidden: (count: number) => (count === 0 ? '' : `（已隐藏 ${count} 列）`),
    left: (label: string) => `将“${label}”左移`,
    right: (label: string) => `将“${label}”右移`,
    filter: (label: string) => `按“${label}”筛选`,
    contains: '包含……',
  },
};

/** Menu that hides, moves and filters the columns of a table. */
export function ColumnMenu({ view }: { view: TableView }) {
  const texts = useTranslation(translations);
  const { columns, hide, move, filter } = view;
  return (
    <details className="desk-columns">
      <summary className="desk-button">
        {texts.columns}
        {texts.hidden(columns.filter(({ isHidden }) => isHidden).length)}
      </summary>
      <ul>
        {columns.map(({ name, label, isHidden, filter: wanted }, index) => (
          <li key={name}>
            <label title={name}>
              <input type="checkbox" checked={!isHidden} onChange={event => hide(name, !event.target.checked)} />
              {label}
            </label>
            <input
              type="text"
              aria-label={texts.filter(label)}
              placeholder={texts.contains}
              value={wanted}
              onChange={event => filter(name, event.target.value)}
            />
            <button
              type="button"
              className="desk-button"
              aria-label={texts.left(label)}
              disabled={index === 0}
              onClick={() => move(name, -1)}
            >
              ←
            </button>
            <button
              type="button"
              className="desk-button"
              aria-label={texts.right(label)}
              disabled={index === columns.length - 1}
              onClick={() => move(name, 1)}
            >
              →
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
