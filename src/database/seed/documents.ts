import type { Authority } from '../../authority/authority.js';
import { authorityDocument } from '../../authority/authority.subject.js';
import type { Exchange } from '../../exchange/exchange.js';
import { exchangeDocument } from '../../exchange/exchange.subject.js';
import type { SearchDocument } from '../../graph/search/search-document.js';
import { IndexedTexts } from '../../graph/search/search-terms.js';
import type { Organisation } from '../../organisation/organisation.js';
import { organisationDocument } from '../../organisation/organisation.subject.js';
import type { Partnership } from '../../partnership/partnership.js';
import { partnershipDocument } from '../../partnership/partnership.subject.js';
import type { Programme } from '../../programme/programme.js';
import { programmeDocument } from '../../programme/programme.subject.js';
import { authorityRow, exchangeRow, organisationRow, partnershipRow, programmeRow } from './rows.js';
import type { Seeds } from './seed.schemas.js';

/**
 * Generates the search documents of new records, one at a time.
 *
 * @param all All seeds, because a record is also found by the names of the records that it refers to.
 */
export function* documentsOf(missing: Seeds, all: Seeds): Generator<SearchDocument> {
  const authorities = new Map(all.authorities.map(seed => [seed.id, seed]));
  const organisations = new Map(all.organisations.map(seed => [seed.id, seed]));
  const sides = ({ dutch, chinese }: { dutch: string | null; chinese: string | null }) => ({
    dutch: dutch === null ? null : authorities.get(dutch),
    chinese: chinese === null ? null : authorities.get(chinese),
  });
  const indexed = new IndexedTexts();
  const namesOf = (ids: string[], seeds: Map<string, { names: Authority['names'] }>) =>
    ids.flatMap(id => seeds.get(id)?.names ?? []);
  for (const seed of missing.authorities) yield authorityDocument(authorityRow(seed) as Authority);
  for (const seed of missing.organisations) yield organisationDocument(organisationRow(seed) as Organisation);
  for (const seed of missing.partnerships) {
    yield partnershipDocument(partnershipRow(seed) as Partnership, sides(seed), indexed);
  }
  for (const seed of missing.programmes) {
    yield programmeDocument(programmeRow(seed) as Programme, [
      ...namesOf(seed.authorities.toSorted(), authorities),
      ...namesOf(seed.organisations.toSorted(), organisations),
    ]);
  }
  for (const seed of missing.exchanges) yield exchangeDocument(exchangeRow(seed) as Exchange, sides(seed), indexed);
}
