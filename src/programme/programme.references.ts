import sql from 'sql-template-tag';
import { byKey } from '../federation/reference.js';
import { columnsOf, tableOf } from '../graph/columns.js';
import { inOrder, loader } from '../graph/loader.js';
import { recordById } from '../graph/record-loader.js';
import { rows } from '../graph/rows.js';
import { Programme } from './programme.js';
import { programmes } from './programme.listing.js';

const programmeByIatiId = loader<string, Programme | null>(async (em, ids) => {
  const query = sql`select ${columnsOf(em, Programme, 'g')} from ${tableOf(em, Programme)} g where g.iati_id = any(${[...ids]}::text[])`;
  return inOrder(ids, await rows<Programme>(em, query), ({ iatiId }) => iatiId ?? '');
});

/** How another graph refers to a programme. */
export const programmeReferences = [
  byKey<{ id: string }>('Programme', 'id', async ({ id }, { em }) => recordById(em, programmes, id)),
  byKey<{ iatiId: string }>('Programme', 'iatiId', ({ iatiId }, { em }) => programmeByIatiId(em).load(iatiId)),
];
