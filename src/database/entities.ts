import { AccessKey } from '../access/key.js';
import { Authority, ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { Change } from '../change/change.js';
import { Exchange } from '../exchange/exchange.js';
import { SearchDocument } from '../graph/search/search-document.js';
import { Organisation } from '../organisation/organisation.js';
import { Partnership, RecordedStatus } from '../partnership/partnership.js';
import { Programme, ProgrammeAuthority, ProgrammeOrganisation, ProgrammePartnership } from '../programme/programme.js';
import { Proposal } from '../proposal/proposal.js';
import { ProposalItem } from '../proposal/proposal-item.js';
import { Source } from '../source/source.js';
import { RecordedCitation } from './citation.js';

/** All entity classes, in the order of the foreign keys. */
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
  Change,
  Proposal,
  ProposalItem,
  AccessKey,
];
