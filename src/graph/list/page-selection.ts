import { Selection } from '../execute/plan.js';

/** The selected parts of a page. */
export interface PageSelection {
  /** The selection of its records; `undefined` if unknown, which reads all their columns. */
  records: Selection | undefined;
  /** The selection of its edges; `undefined` if none is selected, or if it is unknown. */
  edges: Selection | undefined;
  /** `false` if only the count is selected. */
  rows: boolean;
  /** Adds the cursor columns: positions of rows are selected. */
  cursors: boolean;
  /** Reads one row more than the page holds, to know whether another follows. */
  pageInfo: boolean;
  /** Counts the whole list in the statement of the page. */
  totalCount: boolean;
}

/** The selection of a page that is read outside a planned execution: all of it. */
export const FULL_PAGE: PageSelection = {
  records: undefined,
  edges: undefined,
  rows: true,
  cursors: true,
  pageInfo: true,
  totalCount: false,
};

const pageSelections = new WeakMap<Selection, PageSelection>();

/** Returns the parts of a page that the selection of its connection contains. Memoised by the selection. */
export function pageSelectionOf(selection: Selection): PageSelection {
  let selected = pageSelections.get(selection);
  if (!selected) {
    const { fields } = selection;
    const edges = selection.child('edges');
    const pageInfo = fields.has('pageInfo');
    const hasRows = pageInfo || fields.has('nodes') || edges !== undefined;
    selected = {
      records: Selection.merge(selection.child('nodes'), edges?.child('node')),
      edges,
      rows: hasRows,
      cursors: pageInfo || (edges?.fields.has('cursor') ?? false),
      pageInfo,
      totalCount: hasRows && fields.has('totalCount'),
    };
    pageSelections.set(selection, selected);
  }
  return selected;
}
