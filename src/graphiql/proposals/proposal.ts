/** A proposal, as the panel requests it. */
export interface Proposal {
  readonly id: string;
  readonly concept: string;
  readonly origin: string;
  readonly state: string;
  readonly message: string | null;
  readonly proposer: string;
  readonly basis: string;
  readonly version: number;
  readonly createdAt: string;
  readonly source: {
    readonly title: string;
    readonly publisher: string;
    readonly url: string | null;
    readonly publishedOn: string | null;
  } | null;
  /** The number of rows by verdict in lower case, and `total`. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A proposed value beside those of the register. */
export interface ProposedField {
  readonly field: string;
  readonly atBasis: unknown;
  readonly now: unknown;
  readonly proposed: unknown;
  readonly isConflict: boolean;
}

/** A record that a row may be about. */
export interface Candidate {
  readonly id: string;
  readonly path: string;
  readonly score: number;
  readonly why: readonly { readonly name: string; readonly value: number; readonly weight: number }[] | null;
  readonly matched: string | null;
  readonly node: { readonly label?: string } | null;
}

/** One row of a proposal. */
export interface Item {
  readonly id: string;
  readonly number: number;
  readonly place: string;
  readonly verdict: string;
  readonly subjectId: string | null;
  readonly subject: { readonly label?: string } | null;
  readonly proposed: Readonly<Record<string, unknown>>;
  readonly fields: readonly ProposedField[];
  readonly candidates: readonly Candidate[];
  readonly decision: DecisionKind | null;
  readonly choice: string | null;
  readonly isApplied: boolean;
  readonly problems: readonly { readonly rule: string; readonly path: readonly string[]; readonly message: string }[];
}

export type DecisionKind = 'ACCEPT' | 'REJECT' | 'KEEP_BOTH' | 'CHOOSE';

/** A decision on a row, as `decideProposalItems` takes it. */
export interface Decision {
  readonly itemId: string;
  readonly decision: DecisionKind;
  readonly choice?: string;
}

export interface UserError {
  readonly code: string;
  readonly message: string;
}

/** The verdicts, in the order of the enum; `counts` has them in lower case. */
export const VERDICTS = ['CREATE', 'REVISE', 'SAME', 'CONFLICT', 'AMBIGUOUS', 'UNMATCHED', 'REFUSED', 'STALE'] as const;

/** The verdicts of rows that a person decides on. */
export const FOR_A_PERSON: readonly string[] = ['CONFLICT', 'AMBIGUOUS', 'UNMATCHED'];

/** Returns the number of rows that a person decides on. */
export const rowsForAPerson = (counts: Proposal['counts']): number =>
  FOR_A_PERSON.reduce((sum, verdict) => sum + (counts[verdict.toLowerCase()] ?? 0), 0);

/** Returns the verdicts that rows of a proposal have, with their numbers. */
export const countsOf = ({ counts }: Pick<Proposal, 'counts'>): [verdict: string, rows: number][] =>
  VERDICTS.map((verdict): [string, number] => [verdict, counts[verdict.toLowerCase()] ?? 0]).filter(
    ([, rows]) => rows > 0,
  );

/** The decisions that fit a verdict besides a rejection, which fits all. The register checks them again. */
const FITTING: Readonly<Record<string, readonly DecisionKind[]>> = {
  CREATE: ['ACCEPT'],
  REVISE: ['ACCEPT'],
  CONFLICT: ['ACCEPT', 'KEEP_BOTH'],
  AMBIGUOUS: ['ACCEPT', 'CHOOSE'],
  UNMATCHED: ['ACCEPT', 'CHOOSE'],
};

/** Returns the decisions that a reviewer can take on a row. */
export function fittingDecisions(
  { concept, origin }: Pick<Proposal, 'concept' | 'origin'>,
  { verdict, fields }: Pick<Item, 'verdict' | 'fields'>,
): DecisionKind[] {
  // A report without another value only doubts: there is nothing to accept.
  const isDoubt = origin === 'REPORT' && fields.some(({ proposed }) => proposed === null);
  // Another end of a tie that ended is written by no row.
  const end = fields.find(({ field }) => field === 'endedOn');
  const isOtherEnd =
    concept === 'PARTNERSHIP' && end?.proposed != null && !fields.some(({ field }) => field === 'status');
  const isUnwritable = verdict === 'CONFLICT' && (isDoubt || isOtherEnd);
  const isPossible = (decision: DecisionKind) =>
    decision === 'KEEP_BOTH' ? concept !== 'AUTHORITY' : !(decision === 'ACCEPT' && isUnwritable);
  return [...(FITTING[verdict] ?? []).filter(isPossible), 'REJECT'];
}

/**
 * Formats a value of a row or of a record; an empty text for none.
 *
 * @param label Formats each text of it.
 */
export function formatValue(value: unknown, label: (text: string) => string = text => text): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(member => formatValue(member, label)).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : label(String(value));
}

/** Returns the title of a proposal: that of its source, else what the proposer says, else that there is none. */
export const titleOf = ({ source, message, id }: Proposal, texts: { noSource: string }): string =>
  source?.title ?? message ?? `${id} (${texts.noSource})`;
