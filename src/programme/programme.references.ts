import sql from 'sql-template-tag';
import { referenceByKey } from '../federation/reference.js';
import { recordById } from '../graph/record/record-loader.js';
import { columnsOf, tableOf } from '../graph/sql/columns.js';
import { inOrder, loader } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { Programme } from './programme.js';
import { programmes } from './programme.listing.js';

const programmeByIatiId = loader<string, Programme | null>(async (em, ids) => {
  const query = sql`select ${columnsOf(em, Programme, 'g')} from ${tableOf(em, Programme)} g where g.iati_id = any(${[...ids]}::text[])`;
  return inOrder(ids, await queryRows<Programme>(em, query), ({ iatiId }) => iatiId ?? '');
});

/** Federation: resolves references to a programme from other subgraphs, one resolver per `@key`. */
export const programmeReferences = [
  referenceByKey<{ id: string }>('Programme', 'id', ({ id }, { em }) => recordById(em, programmes, id)),
  referenceByKey<{ iatiId: string }>('Programme', 'iatiId', ({ iatiId }, { em }) => programmeByIatiId(em).load(iatiId)),
];
