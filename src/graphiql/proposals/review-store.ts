import { DecisionQueue, type PendingHolder } from './decision-queue.js';
import type { Decision, Item, Proposal, UserError } from './proposal.js';

/** A refusal of the register, in its words. */
class Refused extends Error {}

/** The mutation that stores decisions. */
export interface DecisionApi {
  decide(
    proposal: Proposal,
    decisions: readonly Decision[],
  ): Promise<{
    readonly proposal: (Proposal & { readonly items: { readonly nodes: readonly Item[] } }) | null;
    readonly userErrors: readonly UserError[];
  }>;
}

/** Decisions that were not stored, with the reason. */
export interface Dropped {
  readonly decisions: readonly Decision[];
  readonly error: unknown;
}

/** The view of a proposal, while it is open. */
export interface OpenView {
  /** Called with the proposal and the rows that were decided on. */
  stored(proposal: Proposal, items: readonly Item[]): void;
  /** Called if decisions were dropped; a view that cannot show them yet takes them later. */
  dropped(): void;
}

/** The part of a review that outlives its view: the decisions that are being stored, and the version that they expect. */
export class ReviewStore {
  /** The proposal as the register last answered: what the next decision expects. */
  latest: Proposal | undefined;
  view: OpenView | undefined;
  readonly queue: DecisionQueue;
  #dropped: Dropped | undefined;

  /** @param api That of the view that was opened last: its key may be another one. */
  constructor(
    public api: DecisionApi,
    pending: PendingHolder,
  ) {
    const send = async (decisions: readonly Decision[]): Promise<void> => {
      const { proposal: decided, userErrors } = await this.api.decide(this.latest as Proposal, decisions);
      if (userErrors.length > 0 || !decided) throw new Refused(userErrors.map(({ message }) => message).join(' '));
      const { items, ...proposal } = decided;
      this.latest = proposal;
      this.view?.stored(proposal, items.nodes);
    };
    this.queue = new DecisionQueue(pending, send, (decisions, error) => {
      this.#dropped = { decisions, error };
      this.view?.dropped();
    });
  }

  /** Returns the decisions that were dropped last, once. */
  takeDropped(): Dropped | undefined {
    const dropped = this.#dropped;
    this.#dropped = undefined;
    return dropped;
  }
}
