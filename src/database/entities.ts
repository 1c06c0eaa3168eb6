import { Authority, ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { Exchange } from '../exchange/exchange.js';
import { Organisation } from '../organisation/organisation.js';
import { Partnership, RecordedStatus } from '../partnership/partnership.js';
import { Programme, ProgrammeAuthority, ProgrammeOrganisation, ProgrammePartnership } from '../programme/programme.js';
import { SearchDocument } from '../search/search-document.js';
import { RecordedCitation } from '../source/citation.entity.js';
import { Source } from '../source/source.js';

/** Every class that is stored, in the order of the foreign keys. */
export const entities = [
  Source,
  Authority,
  DutchAuthority,
  ChineseAuthority,
  Organisation,
  Partnership,
  RecordedStatus,
  Programme,
  ProgrammeOrganisation,
  ProgrammeAuthority,
  ProgrammePartnership,
  Exchange,
  RecordedCitation,
  SearchDocument,
];
