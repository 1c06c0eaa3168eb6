import { fetchQuery } from '../fetch-query.js';
import type { ReaderLanguage } from '../result/format.js';
import { type PageInfo, pagesOf } from '../result/pages.js';
import type { BulkItem } from './bulk.js';
import type { Decision, Item, Proposal, UserError } from './proposal.js';
import { DECIDE, LIST, mutationOf, ONE, UNDECIDED } from './proposal-documents.js';

/** The rows of a page: what is in the document at a time, however many rows a proposal has. */
export const PAGE_SIZE = 25;
export const PROPOSALS_PAGE_SIZE = 20;

/** The rows that a decision on many rows reads at a time, and in all: those of the largest file take five rounds. */
const BULK_PAGE_SIZE = 100;
const MAX_BULK_ROWS = 10_000;

/** The place of a page in a connection. */
export interface PagePlace {
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly totalCount: number;
  readonly pageInfo: PageInfo & { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
}

interface Payload<P> {
  readonly proposal: P | null;
  readonly userErrors: readonly UserError[];
}

type Rows = Pick<Page<Item>, 'nodes' | 'totalCount'>;
/** A proposal after it was applied, or as it would be. */
export type Outcome = Proposal & {
  readonly written: Rows;
  /** The written rows that a person decided on. */
  readonly decided: Pick<Rows, 'totalCount'>;
  readonly stale: Rows;
};

const pageArguments = ({ after, before }: PagePlace, size: number): object =>
  before ? { last: size, before } : { first: size, ...(after && { after }) };

/** Requests of the panel, with the headers of the analyst. All of them reject with the message of the register. */
export function createProposalApi(headers: Readonly<Record<string, string>>, language: ReaderLanguage) {
  const ask = <T>(query: string, variables: object, signal?: AbortSignal): Promise<T> =>
    fetchQuery<T>(query, { variables, headers, language, signal });
  const inLanguage = { language: language.toUpperCase() };
  const change = async <P>(name: string, input: object, withOutcome = false): Promise<Payload<P>> => {
    const data = await ask<Record<string, Payload<P>>>(mutationOf(name, withOutcome), { ...inLanguage, input });
    return data[name] as Payload<P>;
  };
  return {
    viewer: async (signal: AbortSignal) => {
      const query = '{ viewer { kind actor name scopes } }';
      return (await ask<{ viewer: Viewer }>(query, {}, signal)).viewer;
    },
    proposals: async (filter: object, place: PagePlace, signal: AbortSignal): Promise<Page<Proposal>> => {
      const variables = { filter, ...pageArguments(place, PROPOSALS_PAGE_SIZE) };
      return (await ask<{ proposals: Page<Proposal> }>(LIST, variables, signal)).proposals;
    },
    proposal: async (id: string, filter: object, place: PagePlace, signal?: AbortSignal) => {
      const variables = { ...inLanguage, id, filter, ...pageArguments(place, PAGE_SIZE) };
      const data = await ask<{ proposal: (Proposal & { items: Page<Item> }) | null }>(ONE, variables, signal);
      return data.proposal;
    },
    /** Reads all rows of a filter without a decision, page by page. */
    undecided: async (id: string, filter: object): Promise<readonly BulkItem[]> => {
      const rows: BulkItem[] = [];
      type Undecided = { proposal: { items: Page<BulkItem> } | null };
      const pages = pagesOf(
        after => ask<Undecided>(UNDECIDED, { id, filter, first: BULK_PAGE_SIZE, after }),
        ({ proposal }) => proposal?.items.pageInfo,
      );
      for await (const { proposal } of pages) {
        rows.push(...(proposal?.items.nodes ?? []));
        if (rows.length >= MAX_BULK_ROWS) break;
      }
      return rows;
    },
    decide: async ({ id, version }: Proposal, decisions: readonly Decision[]) => {
      const input = { id, expectedVersion: version, decisions };
      const ids = decisions.map(({ itemId }) => itemId);
      const variables = { ...inLanguage, input, ids, count: ids.length };
      type Decided = Proposal & { items: Pick<Page<Item>, 'nodes'> };
      const data = await ask<{ decideProposalItems: Payload<Decided> }>(DECIDE, variables);
      return data.decideProposalItems;
    },
    apply: ({ id, basis, version }: Proposal, dryRun: boolean) =>
      change<Outcome>('applyProposal', { id, expectedBasis: basis, expectedVersion: version, dryRun }, true),
    revert: ({ id }: Proposal, dryRun: boolean) => change<Proposal>('revertProposal', { id, dryRun }),
    reject: ({ id }: Proposal) => change<Proposal>('rejectProposal', { id }),
    withdraw: ({ id }: Proposal) => change<Proposal>('withdrawProposal', { id }),
  };
}

export type ProposalApi = ReturnType<typeof createProposalApi>;

/** The identity of the requests of the panel. */
export interface Viewer {
  readonly kind: string;
  readonly actor: string;
  readonly name: string;
  readonly scopes: readonly string[];
}
