import type { ColumnPaths, Projection } from '../read/projection.js';
import type { EntityClass } from '../sql/columns.js';
import type { Fork } from '../sql/fork.js';
import type { ConnectionClass } from './connection-type.js';
import type { FilterClass } from './filter.js';
import type { OrderItem, SortExpression, SortKey } from './order.js';
import type { PageSelection } from './page-selection.js';

/** A concept that can be listed: its table, filter, orders and cursors. */
export interface ListDefinition<Row extends object> {
  entity: EntityClass<Row>;
  /** The alias of its table in every statement: one letter that no other concept uses. */
  alias: string;
  connection: ConnectionClass;
  /**
   * The columns with the names of which a record's label is made, as `@RequiresColumns` names them: `names`, or `dutch.names`
   * and `chinese.names`. Several are joined by a dash.
   */
  label?: ColumnPaths;
  filter?: FilterClass;
  orders: Record<string, SortExpression>;
  defaultOrder: OrderItem[];
  /**
   * The format of its cursors, if they have a meaning outside the list. Such a list is polled: an empty page ends where it
   * began, so that a client that stores its end never starts again.
   */
  cursors?: CursorCodec;
  /** Reads all columns regardless of the selection, because clients see other objects than these rows. */
  selectsWholeRow?: boolean;
  /** Returns what is read of a page in place of the columns of the selection, because clients see other objects than these rows. */
  projection?: (em: Fork, selected: PageSelection) => Projection;
}

/** Writes positions of a list as text, and reads them. */
export interface CursorCodec {
  encode(fingerprint: string, position: readonly string[], row: object): string;
  /** @throws InputError `INVALID_CURSOR` if the text is no cursor of this list. */
  decode(cursor: string, fingerprint: string, keys: readonly SortKey[], argument: string): string[];
}
