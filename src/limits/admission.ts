import { type DocumentNode, type GraphQLSchema, getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { Identity } from '../access/identity.js';
import { actualCost, type CostPlan, estimatedCost, type Variables } from './cost.js';
import { planCost } from './cost-plan.js';
import { LimitError } from './limit-error.js';
import { type Budget, RateLimitError, RateLimiters, type RateLimitSubject, type SharedStore } from './rate-limit.js';

/** An operation that may run. */
export interface Admission {
  estimated: number;
  /** What one operation of this client may cost. */
  maximum: number;
  plan: CostPlan;
  /** What is left after it; undefined where nothing bounds it. */
  budget: Budget | undefined;
}

/** What was taken from a budget. */
export type Charge = Pick<Admission, 'estimated' | 'budget'>;

/** What `extensions.cost` of an answer says. */
export interface ShownCost {
  estimated: number;
  actual: number;
  maximum: number;
}

/** Somebody who asks; what came of it is put here too, also when it is refused. */
export type OperationRequester = RateLimitSubject & { operationState: { admission?: Admission; refusal?: unknown } };

/** What an operation may cost, and what a client may spend. */
export interface AdmissionRules {
  maxCost: number;
  maxCostByScope: Readonly<Record<string, number>>;
  rate: { perAddress: number | undefined; perKey: number | undefined };
}

/** Lets operations in by what they cost. */
export class AdmissionControl {
  readonly #rate: RateLimiters;
  readonly #plans = new WeakMap<OperationDefinitionNode, CostPlan>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly rules: AdmissionRules,
    store?: SharedStore,
  ) {
    this.#rate = new RateLimiters(rules.rate, store);
  }

  /**
   * Admits an operation of a valid document: it may cost this much, and its client can pay for it. Who is asked twice
   * for one operation pays once.
   *
   * @throws LimitError named `cost`, RateError.
   */
  async admit(
    asker: OperationRequester,
    document: DocumentNode,
    operationName?: string | null,
    variables?: Variables | null,
  ): Promise<Admission> {
    const { operationState } = asker;
    if (operationState.admission) return operationState.admission;
    const plan = this.planOf(document, operationName);
    const estimated = estimatedCost(plan, variables ?? {});
    const maximum = this.#maximumOf(asker.identity);
    const admission: Admission = { estimated, maximum, plan, budget: undefined };
    operationState.admission = admission;
    const isTooMuch = estimated > maximum;
    try {
      admission.budget = await this.#rate.consume(asker, isTooMuch ? 1 : estimated);
    } catch (error) {
      if (error instanceof RateLimitError) admission.budget = error.budget;
      operationState.refusal = error;
      throw error;
    }
    if (isTooMuch) {
      const advice = 'Ask for smaller pages with first, for fewer lists inside lists, or in several requests.';
      const message = `The operation can cost ${estimated} points`;
      operationState.refusal = new LimitError('cost', message, estimated, maximum, advice);
      throw operationState.refusal;
    }
    return admission;
  }

  /** What an operation costs, worked out once for as long as its document lives. */
  planOf(document: DocumentNode, operationName?: string | null): CostPlan {
    const operation = getOperationAST(document, operationName);
    // Whoever runs it says what is wrong with the name.
    if (!operation) return { base: 0, fields: [], fixed: 0 };
    const known = this.#plans.get(operation);
    if (known) return known;
    const plan = planCost(this.schema, document, operation);
    this.#plans.set(operation, plan);
    return plan;
  }

  /**
   * Takes what an answer cost from somebody who is given it again.
   *
   * @throws RateError.
   */
  chargeCached(asker: RateLimitSubject, estimated: number): Charge | Promise<Charge> {
    const spent = this.#rate.consume(asker, estimated);
    return spent ? spent.then(budget => ({ estimated, budget })) : { estimated, budget: undefined };
  }

  /**
   * Takes a point for a request that is refused before it costs anything, or more for what should not be repeated.
   *
   * @throws RateError.
   */
  async chargeRejected(asker: RateLimitSubject, points = 1): Promise<void> {
    await this.#rate.consume(asker, points);
  }

  #maximumOf({ scopes }: Identity): number {
    const { maxCost, maxCostByScope } = this.rules;
    return scopes.reduce((most, scope) => Math.max(most, maxCostByScope[scope] ?? 0), maxCost);
  }
}

/** What an answer shows of its cost. */
export function costExtension({ plan, estimated, maximum }: Admission, data: unknown): ShownCost {
  return { estimated, actual: actualCost(plan, data), maximum };
}
