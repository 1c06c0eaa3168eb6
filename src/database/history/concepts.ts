import { authoritySubject } from '../../authority/authority.subject.js';
import { SubjectType } from '../../change/change.js';
import type { FactSubject } from '../../change/fact-subject.js';
import type { Facts } from '../../change/log.js';
import type { Subject } from '../../change/subject.js';
import { exchangeSubject } from '../../exchange/exchange.subject.js';
import type { RegisterRecord } from '../../graph/record/register-record.js';
import { organisationSubject } from '../../organisation/organisation.subject.js';
import { partnershipSubject } from '../../partnership/partnership.subject.js';
import { programmeSubject } from '../../programme/programme.subject.js';
import { authorityRow, exchangeRow, type NewRow, organisationRow, partnershipRow, programmeRow } from '../seed/rows.js';
import type { Concept } from '../seed/seed.record.js';
import { type Seeds, schemas } from '../seed/seed.schemas.js';

/** A concept whose records can be rebuilt from the log. */
export interface LoggedConcept<C extends Concept = Concept> {
  subject: Subject<RegisterRecord>;
  table: 'authority' | 'organisation' | 'partnership' | 'programme' | 'exchange';
  seeds: C;
  /** Returns the columns of a record by property, as the seeds store them. */
  row(seed: Seeds[C][number]): NewRow<RegisterRecord>;
}

const concept = <Row extends RegisterRecord, C extends Concept>(
  subject: Subject<Row>,
  table: LoggedConcept['table'],
  seeds: C,
  row: (seed: Seeds[C][number]) => NewRow<Row>,
) => ({ subject, table, seeds, row }) as unknown as LoggedConcept;

/** All concepts, in the order of their foreign keys. The rows of proposals are not in the log. */
export const concepts: Record<FactSubject, LoggedConcept> = {
  [SubjectType.AUTHORITY]: concept(authoritySubject, 'authority', 'authorities', authorityRow),
  [SubjectType.ORGANISATION]: concept(organisationSubject, 'organisation', 'organisations', organisationRow),
  [SubjectType.PARTNERSHIP]: concept(partnershipSubject, 'partnership', 'partnerships', partnershipRow),
  [SubjectType.PROGRAMME]: concept(programmeSubject, 'programme', 'programmes', programmeRow),
  [SubjectType.EXCHANGE]: concept(exchangeSubject, 'exchange', 'exchanges', exchangeRow),
};

/** Returns the facts of a record as a seed, the form from which all rows of a record are made. Missing facts are unknown. */
export function seedOf({ seeds }: LoggedConcept, { citations, ...facts }: Facts): Seeds[Concept][number] {
  const unknown = Object.keys(schemas[seeds].shape).map(name => [name, null]);
  const seed = { ...Object.fromEntries(unknown), ...seedFacts(seeds, facts), sources: citations ?? [] };
  // The links of a programme to partnerships are facts of the partnerships.
  return seeds === 'programmes' ? { ...seed, partnerships: [] } : seed;
}

/** Returns the facts that a seed has: that of a partnership has no programmes. */
function seedFacts(seeds: Concept, facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => name in schemas[seeds].shape));
}
