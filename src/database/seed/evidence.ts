import { earliestDay, latestDay } from '../../graph/types/partial-date.js';
import { PartnershipStatus } from '../../partnership/partnership.enums.js';
import type { RecordedStatus } from '../../partnership/partnership.js';
import { periodId, periodsFromFacts, type StatusStart } from '../../partnership/status.js';
import type { Source } from '../../source/source.js';
import { sourceId } from '../../source/source-id.js';
import type { RecordedCitation } from '../citation.js';
import type { PartnershipSeed, Seeds, SourceSeed } from './seed.schemas.js';

type Citation = Omit<RecordedCitation, 'id'>;
type Subject = Partial<Citation>;

/** Every source of the records, once. */
export function sourcesOf(seeds: Seeds): Source[] {
  const all = Object.values(seeds).flatMap((records: { sources: SourceSeed[] }[]) =>
    records.flatMap(({ sources }) => sources),
  );
  const asSource = ({ supports: _, ...source }: SourceSeed): Source => ({ id: sourceId(source), ...source });
  return [...new Map(all.map(source => [sourceId(source), asSource(source)])).values()];
}

const starts = ({ statusPeriods, ...facts }: PartnershipSeed): (StatusStart & { reason?: string | null })[] =>
  statusPeriods?.map(({ from: fromOn, status, reason }) => ({ status, fromOn, reason: reason ?? null })) ??
  periodsFromFacts(facts);

/** The status periods of a tie, recorded or following from its dates. */
export function periodsOf(seed: PartnershipSeed): RecordedStatus[] {
  return starts(seed).map(({ status, fromOn, reason = null }) => ({
    id: periodId(seed.id, fromOn),
    partnership: seed.id,
    status,
    fromOn,
    reason,
  }));
}

/** The facts of a tie that say a period began: of the first its start, of the last the status and since when. */
function factsOf(
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

const cite = (sources: SourceSeed[], subject: Subject): Citation[] =>
  sources.map((source, position) => ({ source: sourceId(source), supports: source.supports, position, ...subject }));

function citePeriods(seed: PartnershipSeed): Citation[] {
  return periodsOf(seed).flatMap((period, index, all) => {
    const facts = factsOf(period, index, all, seed);
    const carrying = seed.sources
      // What was published before a period began can say nothing of it.
      .filter(({ publishedOn }) => publishedOn === null || latestDay(publishedOn) >= earliestDay(period.fromOn))
      .map(source => ({ ...source, supports: source.supports.filter(fact => facts.has(fact)) }))
      .filter(({ supports }) => supports.length > 0);
    return cite(carrying, { statusPeriod: period.id });
  });
}

/** The citations of all records, and of the status periods by what of the tie's sources says that they began. */
export function citationsOf({ authorities, organisations, partnerships, programmes, exchanges }: Seeds): Citation[] {
  return [
    ...authorities.flatMap(({ id, sources }) => cite(sources, { authority: id })),
    ...organisations.flatMap(({ id, sources }) => cite(sources, { organisation: id })),
    ...partnerships.flatMap(({ id, sources }) => cite(sources, { partnership: id })),
    ...partnerships.flatMap(citePeriods),
    ...programmes.flatMap(({ id, sources }) => cite(sources, { programme: id })),
    ...exchanges.flatMap(({ id, sources }) => cite(sources, { exchange: id })),
  ];
}
