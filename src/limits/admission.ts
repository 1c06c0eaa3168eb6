import { type Budget, RateLimitError } from './budget.js';
import { actualCost, type CostPlan, estimatedCost, type Variables } from './cost.js';
import { costLimitError } from './costliest.js';
import { EventCharges } from './event-charges.js';
import { countTokens, readingCost } from './parse.js';
import { type CountedBy, RateLimiters, type RateLimitSubject } from './rate-limit.js';

/** The admission of an operation: its cost and the budget that is left. */
export interface Admission {
  estimated: number;
  /** The highest cost that one operation of this client may have. */
  maximum: number;
  plan: CostPlan;
  variables: Variables;
  /** The budget after the operation; undefined without a rate limit. */
  budget: Budget | undefined;
}

/** A charge to a budget. */
export type Charge = Pick<Admission, 'estimated' | 'budget'>;

/** The cost of an operation in `extensions.cost`. */
export interface ShownCost {
  estimated: number;
  actual: number;
  maximum: number;
}

/** The client of an operation. `admit` stores its outcome in `operationState`, a refusal included. */
export type OperationRequester = RateLimitSubject & { operationState: { admission?: Admission; refusal?: unknown } };

/** The limits of cost and rate. */
export interface AdmissionRules {
  maxCost: number;
  maxCostByScope: Readonly<Record<string, number>>;
  rate: { perAddress: number | undefined; perKey: number | undefined };
}

/** The points of the thread, the connection and the snapshot of an export. */
const MIN_EXPORT_COST = 500;
const RECORDS_PER_POINT = 10;

/** Admits operations by their estimated cost, and charges it to the budget of the client. */
export class AdmissionControl {
  readonly #rate: RateLimiters;

  constructor(
    private readonly rules: AdmissionRules,
    countedBy?: CountedBy,
  ) {
    this.#rate = new RateLimiters(rules.rate, countedBy);
  }

  /**
   * Admits an operation if its cost is within the limit and within the client's budget. A second call for the same
   * operation has the same outcome and charges nothing.
   *
   * @throws LimitError named `cost`, RateLimitError.
   */
  async admit(requester: OperationRequester, plan: CostPlan, values?: Variables | null): Promise<Admission> {
    const { operationState } = requester;
    if (operationState.refusal) throw operationState.refusal;
    if (operationState.admission) return operationState.admission;
    const variables = values ?? {};
    const estimated = estimatedCost(plan, variables);
    const maximum = this.#maximumOf(requester);
    const admission: Admission = { estimated, maximum, plan, variables, budget: undefined };
    operationState.admission = admission;
    const isTooComplex = estimated > maximum;
    try {
      admission.budget = await this.#rate.consume(requester, isTooComplex ? 1 : estimated);
    } catch (error) {
      if (error instanceof RateLimitError) admission.budget = error.budget;
      operationState.refusal = error;
      throw error;
    }
    if (isTooComplex) {
      operationState.refusal = costLimitError(plan, variables, admission);
      throw operationState.refusal;
    }
    return admission;
  }

  /**
   * Charges the cost of a cached response to the client that it is sent to. Returns a promise only with a rate limit.
   *
   * @throws RateLimitError.
   */
  chargeCached(subject: RateLimitSubject, estimated: number): Charge | Promise<Charge> {
    const spent = this.#rate.consume(subject, estimated);
    return spent ? spent.then(budget => ({ estimated, budget })) : { estimated, budget: undefined };
  }

  /**
   * Charges one point for a request that is refused before its cost is known, or more for one that must not be repeated.
   * Returns the budget that is left, or `undefined` without a rate limit.
   *
   * @throws RateLimitError.
   */
  async chargeRejected(subject: RateLimitSubject, points = 1): Promise<Budget | undefined> {
    return this.#rate.consume(subject, points);
  }

  /**
   * Charges the parsing, validation and planning of a document that is not stored. One over a limit costs nothing here.
   *
   * @throws RateLimitError.
   */
  async chargeReading(subject: RateLimitSubject, document: string): Promise<void> {
    if (this.#rate.limitOf(subject) === undefined) return;
    let tokens: number;
    try {
      tokens = countTokens(document);
    } catch {
      return;
    }
    await this.#rate.consume(subject, readingCost(tokens));
  }

  /**
   * Charges 500 points before records are counted, and one per ten beyond 5,000 before a file starts; at most a full budget.
   *
   * @param charged The points that were charged before.
   * @throws RateLimitError.
   */
  async chargeExport(subject: RateLimitSubject, records: number, charged = 0): Promise<Charge> {
    const points = Math.max(MIN_EXPORT_COST, Math.ceil(records / RECORDS_PER_POINT));
    const due = Math.min(points, Math.max(this.#rate.limitOf(subject) ?? points, MIN_EXPORT_COST)) - charged;
    return { estimated: charged + due, budget: due ? await this.#rate.consume(subject, due) : undefined };
  }

  /** Returns the charges for the events of a subscription, or `undefined` without a rate limit. */
  chargeEvents(subject: RateLimitSubject): EventCharges | undefined {
    const limit = this.#rate.limitOf(subject);
    return limit === undefined ? undefined : new EventCharges(this.#rate, subject, limit);
  }

  /** Returns the maximum cost of one operation. No wait makes room for one that costs more than a full budget. */
  #maximumOf(subject: RateLimitSubject): number {
    const { maxCost, maxCostByScope } = this.rules;
    const limit = this.#rate.limitOf(subject) ?? Number.POSITIVE_INFINITY;
    const byScope = subject.identity.scopes.map(scope => maxCostByScope[scope] ?? 0);
    return Math.min(limit, Math.max(maxCost, ...byScope));
  }
}

/** Returns `extensions.cost` of a response with this data. */
export function costExtension({ plan, variables, estimated, maximum }: Admission, data: unknown): ShownCost {
  return { estimated, actual: actualCost(plan, data, variables), maximum };
}
