import {
  columnFilteringFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
  createFilteredRowModel,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { folded } from '../result/folded.js';
import { sortRows } from '../result/sort.js';
import type { Column, Row, Table } from '../result/table-data.js';
import { useStore } from '../store.js';
import { useViewSetting, viewSettings } from '../view-settings.js';

const features = tableFeatures({
  columnFilteringFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
  filteredRowModel: createFilteredRowModel(),
});

const FILTER = 'table.filter.';

/** Column as the page shows it. */
export interface ShownColumn extends Column {
  readonly label: string;
  readonly isHidden: boolean;
  readonly filter: string;
  readonly sorted: 'ascending' | 'descending' | 'none';
}

export interface TableView {
  /** Columns in their order, hidden ones included. */
  readonly columns: readonly ShownColumn[];
  /** Rows that pass the filters, sorted. */
  readonly rows: readonly Row[];
  readonly sortBy: (column: string) => void;
  readonly hide: (column: string, isHidden: boolean) => void;
  /** Moves a column by steps to the left (negative) or right. */
  readonly move: (column: string, steps: number) => void;
  readonly filter: (column: string, text: string) => void;
}

const listIn = (setting: string | undefined): string[] => setting?.split(',').filter(Boolean) ?? [];

/**
 * Returns the columns and rows of a table as the address of the page says: hidden, moved, filtered and sorted.
 *
 * @param textOf Returns the text of a cell as the reader sees it.
 */
export function useTableView(
  table: Table,
  labels: ReadonlyMap<string, string>,
  textOf: (column: Column, row: Row) => string,
): TableView {
  const settings = useStore(viewSettings);
  const [sort, setSort] = useViewSetting('table.sort');
  const [hidden, setHidden] = useViewSetting('table.hidden');
  const [order, setOrder] = useViewSetting('table.order');
  const names = table.columns.map(({ name }) => name);
  const hiddenNames = listIn(hidden).filter(name => names.includes(name));
  const ordered = listIn(order).filter(name => names.includes(name));
  const columnOrder = [...ordered, ...names.filter(name => !ordered.includes(name))];
  const sortName = sort?.replace(/^-/, '');
  const columns = useMemo(
    () =>
      table.columns.map(column => ({
        id: column.name,
        accessorFn: (row: Row) => textOf(column, row),
        filterFn: (row: { original: Row }, _: string, wanted: string) =>
          folded(textOf(column, row.original)).includes(folded(wanted)),
      })),
    [table, textOf],
  );
  const filters = names.flatMap(id => {
    const value = settings.get(FILTER + id);
    return value ? [{ id, value }] : [];
  });
  const view = useTable({
    features,
    columns,
    data: table.rows as Row[],
    state: {
      columnOrder,
      columnVisibility: Object.fromEntries(hiddenNames.map(name => [name, false])),
      columnFilters: filters,
    },
  });
  const byName = new Map(table.columns.map(column => [column.name, column]));
  const filtered = view.getRowModel().rows.map(({ original }) => original);
  const sortColumn = byName.get(sortName ?? '');
  const descending = sort?.startsWith('-') ?? false;
  // A text is sorted as the reader sees it.
  const sortValue = (column: Column) => (row: Row) =>
    column.kind === 'text' ? textOf(column, row) : row.cells.get(column.name);
  return {
    columns: view.getAllLeafColumns().flatMap(column => {
      const shown = byName.get(column.id);
      return shown
        ? [
            {
              ...shown,
              label: labels.get(column.id) ?? column.id,
              isHidden: !column.getIsVisible(),
              filter: settings.get(FILTER + column.id) ?? '',
              sorted: shown !== sortColumn ? 'none' : descending ? 'descending' : 'ascending',
            },
          ]
        : [];
    }),
    rows: sortColumn
      ? sortRows(filtered, sortColumn.name, sortColumn.kind, descending, sortValue(sortColumn))
      : filtered,
    sortBy: name => setSort(sort === name ? `-${name}` : name),
    hide: (name, isHidden) => {
      const others = listIn(hidden).filter(other => other !== name);
      setHidden((isHidden ? [...others, name] : others).join(',') || undefined);
    },
    move: (name, steps) => {
      const others = columnOrder.filter(other => other !== name);
      others.splice(Math.max(0, columnOrder.indexOf(name) + steps), 0, name);
      setOrder(others.join(',') === names.join(',') ? undefined : others.join(','));
    },
    filter: (name, text) => {
      const next = new Map(settings);
      if (text) next.set(FILTER + name, text);
      else next.delete(FILTER + name);
      viewSettings.set(next);
    },
  };
}
