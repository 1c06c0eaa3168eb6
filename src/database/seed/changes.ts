import { authoritySubject } from '../../authority/authority.subject.js';
import { ChangeKind } from '../../change/change.js';
import { type Facts, fieldChanges, type NewChange } from '../../change/log.js';
import { columnFacts, type Subject } from '../../change/subject.js';
import { exchangeSubject } from '../../exchange/exchange.subject.js';
import type { RegisterRecord } from '../../graph/record/register-record.js';
import { organisationSubject } from '../../organisation/organisation.subject.js';
import { StatusDecisionMaker } from '../../partnership/partnership.enums.js';
import { partnershipSubject } from '../../partnership/partnership.subject.js';
import { programmeSubject } from '../../programme/programme.subject.js';
import { periodsOf } from './evidence.js';
import { authorityRow, exchangeRow, organisationRow, partnershipRow, programmeRow } from './rows.js';
import type { Seeds, SourceSeed } from './seed.schemas.js';

/** Actor of the changes that record seeds. */
export const SEED_ACTOR = 'seed';

/**
 * Generates the RECORDED changes of seeded records. Their facts equal those that `Subject.facts` reads from the database,
 * but are built from the seeds: a large register would otherwise be read record by record.
 */
export function* changesOf(missing: Seeds, all: Seeds): Generator<NewChange> {
  const programmesOf = new Map<string, string[]>();
  for (const { id, partnerships } of all.programmes) {
    for (const partnership of partnerships)
      programmesOf.set(partnership, [...(programmesOf.get(partnership) ?? []), id]);
  }
  for (const seed of missing.authorities) {
    const { latitude: _, longitude: __, ...facts } = columnFacts(authorityRow(seed));
    yield recorded(authoritySubject, { ...facts, location: seed.location }, seed.sources);
  }
  for (const seed of missing.organisations) {
    yield recorded(organisationSubject, columnFacts(organisationRow(seed)), seed.sources);
  }
  for (const seed of missing.partnerships) {
    const statusPeriods = periodsOf(seed).map(({ status, fromOn: from, reason, decidedBy }) => ({
      status,
      from,
      reason,
      ...(decidedBy !== StatusDecisionMaker.UNKNOWN && { decidedBy }),
    }));
    const programmes = (programmesOf.get(seed.id) ?? []).sort();
    const facts = { ...columnFacts(partnershipRow(seed)), statusPeriods, programmes };
    yield recorded(partnershipSubject, facts, seed.sources);
  }
  for (const seed of missing.programmes) {
    const [organisations, authorities] = [seed.organisations.toSorted(), seed.authorities.toSorted()];
    const facts = { ...columnFacts(programmeRow(seed)), organisations, authorities };
    yield recorded(programmeSubject, facts, seed.sources);
  }
  for (const seed of missing.exchanges) {
    yield recorded(exchangeSubject, columnFacts(exchangeRow(seed)), seed.sources);
  }
}

function recorded<Row extends RegisterRecord>(
  { type, affectedAuthorities }: Subject<Row>,
  recordFacts: Facts,
  sources: SourceSeed[],
): NewChange {
  const facts = { ...recordFacts, citations: sources };
  return {
    kind: ChangeKind.RECORDED,
    actor: SEED_ACTOR,
    reason: null,
    subjectType: type,
    subjectId: recordFacts.id as string,
    subjectVersion: 1,
    authorities: affectedAuthorities(facts),
    fields: fieldChanges(null, facts),
    changeSet: null,
  };
}
