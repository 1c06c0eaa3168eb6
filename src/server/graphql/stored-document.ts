import { createHash } from 'node:crypto';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { requirementsOf, type ScopeRequirements } from '../../access/require-scopes.js';
import type { CostPlan } from '../../limits/cost.js';
import { planCost } from '../../limits/cost-plan.js';
import { releaseTokens } from './release-tokens.js';

/**
 * The memory of one node of the AST with its share of the cost plan, the execution plan and its SQL. Measured over
 * test/questions: 240 bytes after validation, 430 to 1,200 after the first execution.
 */
const BYTES_PER_NODE = 1_200;
const OVERHEAD_BYTES = 2_000;

/** A valid document, with everything that is computed once per document. */
export class StoredDocument {
  declare readonly errors?: undefined;
  /** The SHA-256 of the text in hexadecimal, as in persisted queries. */
  readonly hash: string;
  readonly requirements: ScopeRequirements;
  /** True if it has queries only, and every client may select its fields. */
  readonly isPublicQuery: boolean;
  /** An estimate of its memory. */
  readonly bytes: number;
  readonly #operations = new Map<string | undefined, PreparedOperation>();

  constructor(
    schema: GraphQLSchema,
    text: string,
    readonly document: DocumentNode,
  ) {
    this.hash = createHash('sha256').update(text).digest('hex');
    this.requirements = requirementsOf(schema, document);
    const nodes = document.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
    for (const node of nodes) this.#operations.set(node.name?.value, new PreparedOperation(schema, this, node));
    const isQuery = nodes.every(({ operation }) => operation === OperationTypeNode.QUERY);
    this.isPublicQuery = isQuery && this.requirements.size === 0;
    this.bytes = text.length * 2 + releaseTokens(document) * BYTES_PER_NODE + OVERHEAD_BYTES;
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
export class PreparedOperation {
  #costPlan: CostPlan | undefined;

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
    return this.stored.requirements;
  }

  get isPublicQuery(): boolean {
    return this.stored.isPublicQuery;
  }

  get costPlan(): CostPlan {
    this.#costPlan ??= planCost(this.schema, this.document, this.node);
    return this.#costPlan;
  }
}
