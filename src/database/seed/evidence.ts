import { earliestDay, latestDay } from '../../graph/types/partial-date.js';
import { PartnershipStatus, StatusDecisionMaker } from '../../partnership/partnership.enums.js';
import type { RecordedStatus } from '../../partnership/partnership.js';
import { periodId, periodsFromFacts, type StatusStart } from '../../partnership/status.js';
import { sourceKey } from '../../source/source-id.js';
import type { RecordedCitation } from '../citation.js';
import type { PartnershipSeed, Seeds, SourceSeed } from './seed.schemas.js';
import type { SourceIds } from './sources.js';

type Citation = Omit<RecordedCitation, 'id'>;
type Subject = Partial<Citation>;

type SeedPeriod = StatusStart & { reason?: string | null; decidedBy?: StatusDecisionMaker };

const statusStarts = ({ statusPeriods, ...facts }: PartnershipSeed): SeedPeriod[] =>
  statusPeriods?.map(({ from: fromOn, ...period }) => ({ ...period, fromOn })) ?? periodsFromFacts(facts);

/** Returns the status periods of a partnership, recorded or derived from its dates. */
export function periodsOf(seed: PartnershipSeed): RecordedStatus[] {
  return statusStarts(seed).map(({ status, fromOn, reason = null, decidedBy = StatusDecisionMaker.UNKNOWN }) => ({
    id: periodId(seed.id, fromOn),
    partnership: seed.id,
    status,
    fromOn,
    reason,
    decidedBy,
  }));
}

/**
 * Returns the facts of a partnership that state the start of a period: `startedOn` for the first, `status` and
 * `statusSince` for the last, `endedOn` for an ended one.
 */
function factsSupporting(
  period: RecordedStatus,
  index: number,
  all: RecordedStatus[],
  { startedOn }: PartnershipSeed,
): Set<string> {
  const facts = new Set<string>();
  if (index === 0 && period.fromOn === startedOn) facts.add('startedOn');
  if (index === all.length - 1) facts.add('status').add('statusSince');
  if (period.status === PartnershipStatus.ENDED) facts.add('endedOn');
  return facts;
}

/** Returns the citations of all records, and of status periods by the sources that support their start. */
export function citationsOf(
  { authorities, organisations, partnerships, programmes, exchanges }: Seeds,
  sourceIds: SourceIds,
): Citation[] {
  const cite = (sources: SourceSeed[], subject: Subject): Citation[] =>
    sources.map((source, position) => ({
      source: sourceIds.get(sourceKey(source)) as string,
      supports: source.supports,
      position,
      ...subject,
    }));
  return [
    ...authorities.flatMap(({ id, sources }) => cite(sources, { authority: id })),
    ...organisations.flatMap(({ id, sources }) => cite(sources, { organisation: id })),
    ...partnerships.flatMap(({ id, sources }) => cite(sources, { partnership: id })),
    ...partnerships.flatMap(seed =>
      sourcesOfPeriods(seed).flatMap(({ period, sources }) => cite(sources, { statusPeriod: period })),
    ),
    ...programmes.flatMap(({ id, sources }) => cite(sources, { programme: id })),
    ...exchanges.flatMap(({ id, sources }) => cite(sources, { exchange: id })),
  ];
}

/** Returns the sources that support the start of each period of a partnership, with the facts that they support. */
function sourcesOfPeriods(seed: PartnershipSeed): { period: string; sources: SourceSeed[] }[] {
  return periodsOf(seed).map((period, index, all) => {
    const facts = factsSupporting(period, index, all, seed);
    const sources = seed.sources
      // A source published before the start of a period cannot support it.
      .filter(({ publishedOn }) => publishedOn === null || latestDay(publishedOn) >= earliestDay(period.fromOn))
      .map(source => ({ ...source, supports: source.supports.filter(fact => facts.has(fact)) }))
      .filter(({ supports }) => supports.length > 0);
    return { period: period.id, sources };
  });
}
