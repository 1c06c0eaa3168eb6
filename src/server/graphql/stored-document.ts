import { hash } from 'node:crypto';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { requirementsOf, type ScopeRequirements } from '../../access/require-scopes.js';
import { type PlanOwner, releasePlans } from '../../graph/execute/stored-plans.js';
import type { CostNode, CostPlan } from '../../limits/cost.js';
import { planCost } from '../../limits/cost-plan.js';
import { releaseTokens } from './release-tokens.js';

/** The memory of one node of the AST, without tokens; an upper bound of what `test/server/memory.test.ts` measures. */
const NODE_BYTES = 300;
/** The memory of one node of a cost plan. */
const COST_NODE_BYTES = 250;
const OVERHEAD_BYTES = 2_000;
/** The share by which a document may grow before the store counts it again. */
const MAX_UNREPORTED_GROWTH = 0.1;

/** A valid document, with everything that is computed once per document. */
export class StoredDocument {
  declare readonly errors?: undefined;
  /** The SHA-256 of the text in hexadecimal, as in persisted queries. */
  readonly hash: string;
  /** The memory of the document without execution plans. */
  #documentBytes: number;
  #planBytes = 0;
  /** The memory that the store has counted. */
  #reportedBytes: number;
  /** True while the store limits its memory. */
  #isStored = true;
  readonly #operations = new Map<string | undefined, PreparedOperation>();

  constructor(
    schema: GraphQLSchema,
    text: string,
    readonly document: DocumentNode,
    private readonly onResized: () => void,
  ) {
    this.hash = hash('sha256', text);
    const nodes = document.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
    for (const node of nodes) this.#operations.set(node.name?.value, new PreparedOperation(schema, this, node));
    this.#documentBytes = text.length * 2 + releaseTokens(document) * NODE_BYTES + OVERHEAD_BYTES;
    this.#reportedBytes = this.#documentBytes;
  }

  /** The memory of the document without execution plans, in bytes: an estimate. */
  get documentBytes(): number {
    return this.#documentBytes;
  }

  /** The memory of the document and its plans, in bytes: an estimate, which grows as plans are built. */
  get bytes(): number {
    return this.#documentBytes + this.#planBytes;
  }

  get isStored(): boolean {
    return this.#isStored;
  }

  /** Adds the memory of cost plans and of execution plans, or subtracts it. Reports a growth of a tenth to the store. */
  resize(costPlanBytes: number, planBytes: number): void {
    if (!this.#isStored) return;
    this.#documentBytes += costPlanBytes;
    this.#planBytes += planBytes;
    if (Math.abs(this.bytes - this.#reportedBytes) <= this.#reportedBytes * MAX_UNREPORTED_GROWTH) return;
    this.#reportedBytes = this.bytes;
    this.onResized();
  }

  /** Drops the execution plans. A subscription may hold an evicted document for days. */
  onEvicted(): void {
    this.#isStored = false;
    this.#planBytes = 0;
    for (const { node } of this.#operations.values()) releasePlans(node);
  }

  /**
   * Returns the operation of this name, or the only operation if no name is requested. Undefined if there is none: an
   * empty name is the name of no operation.
   */
  operation(name: string | null | undefined): PreparedOperation | undefined {
    if (name !== null && name !== undefined) return name === '' ? undefined : this.#operations.get(name);
    return this.#operations.size === 1 ? this.#operations.values().next().value : undefined;
  }
}

/** An operation of a valid document. Admission, scope check and execution take it as it is found here, once. */
export class PreparedOperation implements PlanOwner {
  #costPlan: CostPlan | undefined;
  #requirements: ScopeRequirements | undefined;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly stored: StoredDocument,
    readonly node: OperationDefinitionNode,
  ) {}

  get document(): DocumentNode {
    return this.stored.document;
  }

  get hash(): string {
    return this.stored.hash;
  }

  get requirements(): ScopeRequirements {
    this.#requirements ??= requirementsOf(this.schema, this.document, this.node);
    return this.#requirements;
  }

  get costPlan(): CostPlan {
    if (!this.#costPlan) {
      this.#costPlan = planCost(this.schema, this.document, this.node);
      this.stored.resize(costNodes(this.#costPlan.fields) * COST_NODE_BYTES, 0);
    }
    return this.#costPlan;
  }

  /** The memory of the document without execution plans, in bytes. */
  get documentBytes(): number {
    return this.stored.documentBytes;
  }

  get storesPlans(): boolean {
    return this.stored.isStored;
  }

  onPlansResized(bytes: number): void {
    this.stored.resize(0, bytes);
  }
}

const costNodes = (nodes: readonly CostNode[]): number =>
  nodes.reduce((sum, { children }) => sum + 1 + costNodes(children), 0);
