import {
  columnFilteringFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
  createFilteredRowModel,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { compareValues, isUnknown } from '../result/sort.js';
import type { Column, Row, Table } from '../result/table-data.js';
import { useStore } from '../store.js';
import { useViewSetting, viewSettings } from '../view-settings.js';

const features = tableFeatures({
  columnFilteringFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
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

/** Compares texts as readers do: without regard to case and accents. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();

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
        // Unknown values come last in both directions.
        accessorFn: (row: Row) => (isUnknown(row.cells.get(column.name)) ? undefined : textOf(column, row)),
        sortUndefined: 'last' as const,
        sortFn: (a: { original: Row }, b: { original: Row }) =>
          column.kind === 'text'
            ? compareValues('text', textOf(column, a.original), textOf(column, b.original))
            : compareValues(column.kind, a.original.cells.get(column.name), b.original.cells.get(column.name)),
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
      sorting: sortName && names.includes(sortName) ? [{ id: sortName, desc: sort?.startsWith('-') ?? false }] : [],
    },
  });
  const byName = new Map(table.columns.map(column => [column.name, column]));
  return {
    columns: view.getAllLeafColumns().flatMap(column => {
      const shown = byName.get(column.id);
      const sorted = column.getIsSorted();
      return shown
        ? [
            {
              ...shown,
              label: labels.get(column.id) ?? column.id,
              isHidden: !column.getIsVisible(),
              filter: settings.get(FILTER + column.id) ?? '',
              sorted: sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none',
            },
          ]
        : [];
    }),
    rows: view.getRowModel().rows.map(({ original }) => original),
    sortBy: name => setSort(sort === name ? `-${name}` : name),
    hide: (name, isHidden) => {
      const others = hiddenNames.filter(other => other !== name);
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
