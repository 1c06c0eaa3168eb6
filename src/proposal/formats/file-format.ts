import type { SubjectType } from '../../change/change.js';
import type { SourceInput } from '../../change/input.js';
import type { ProposalConcept } from '../concept.js';
import type { ProposalOrigin } from '../proposal.enums.js';
import type { ProposalRow } from '../row.js';

/** A format of files. */
export interface FileFormat {
  /** The value of the parameter `format`. */
  name: string;
  origin: ProposalOrigin;
  /** The type of the records, if the format has only one. */
  concept?: SubjectType;
  /** The source of the values, if the file comes from one publisher. */
  source?: SourceInput;
  /**
   * Reads the rows of a file, one after the other.
   *
   * @throws FileRefusal for a file that cannot be read as a whole. A row that cannot be read has a `problem`.
   */
  rows(file: Buffer, concept: ProposalConcept): AsyncIterable<ProposalRow> | Iterable<ProposalRow>;
}
