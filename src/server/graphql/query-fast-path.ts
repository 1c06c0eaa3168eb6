import { type DocumentNode, type GraphQLSchema, getOperationAST, Kind, OperationTypeNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { isPublic } from '../../access/require-scopes.js';
import type { Context } from '../../context.js';
import { executeWithPlan } from '../../graph/execute/execute-with-plan.js';
import { hasUnavailableError } from '../../graph/sql/unavailable.js';
import { type AdmissionControl, costExtension } from '../../limits/admission.js';
import type { PreparedResponse } from '../http/response.js';
import type { Logger } from '../observability/logger.js';
import { recordOperation } from '../observability/operation-context.js';
import { maskResult, type OperationRequest } from './prepare-operation.js';

/** So many documents are known at once; the least recently used make place. */
const MAX_DOCUMENTS = 1_000;

const JSON_TYPE = 'application/json; charset=utf-8';
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

/**
 * Queries that Apollo parsed, validated and let pass once. The same text passes again, so it goes straight to the plan
 * that is made of it: what Apollo does for every request costs more than the answer itself
 * (0.2 ms a request, `test/bench/RESULTS.md`). Whatever is out of the ordinary goes to Apollo.
 */
export class QueryFastPath {
  readonly #documents = new LRUCache<string, DocumentNode>({ max: MAX_DOCUMENTS });
  readonly #types = new LRUCache<string, string>({ max: 100 });

  constructor(private readonly schema: GraphQLSchema) {}

  /** A document that may run; only queries that need no key are kept. */
  add(query: string, document: DocumentNode): void {
    const isPlain = document.definitions.every(
      node => node.kind !== Kind.OPERATION_DEFINITION || node.operation === OperationTypeNode.QUERY,
    );
    if (isPlain && !this.#documents.has(query) && isPublic(this.schema, document)) this.#documents.set(query, document);
  }

  /** The answer to a request that is plain and known; undefined for every other. */
  async execute(
    { logger, admissionControl }: { logger: Logger; admissionControl: AdmissionControl },
    body: unknown,
    accept: string | undefined,
    contextValue: Context,
  ): Promise<PreparedResponse | undefined> {
    const { query, operationName, variables, ...more } = (body ?? {}) as Partial<OperationRequest>;
    const document = typeof query === 'string' ? this.#documents.get(query) : undefined;
    const contentType = document && this.#contentType(accept);
    if (!document || !contentType || !hasPlainParameters(operationName, variables) || Object.keys(more).length)
      return undefined;
    recordOperation(getOperationAST(document, operationName));
    const admission = await admissionControl.admit(contextValue, document, operationName, variables);
    const result = await executeWithPlan({
      schema: this.schema,
      document,
      operationName: operationName ?? undefined,
      variableValues: variables ?? undefined,
      contextValue,
    } as Parameters<typeof executeWithPlan>[0]);
    // What did not come to running, such as wrong variables, is Apollo's to tell.
    if (result.data === undefined) return undefined;
    const hasFailed = result.errors !== undefined;
    const told = hasFailed ? maskResult({ logger }, result) : result;
    const extensions = { cost: costExtension(admission, result.data) };
    return {
      status: hasUnavailableError(told.errors) ? 503 : 200,
      headers: { 'content-type': contentType },
      body: `${JSON.stringify({ ...told, extensions })}\n`,
      encoding: 'utf8',
      isCacheable: !hasFailed && !contextValue.operationState.isMomentary,
      cost: admission.estimated,
    };
  }

  /** The type of the answer that a client prefers, as Apollo chooses it; undefined when that is none of the two. */
  #contentType(accept: string | undefined): string | undefined {
    if (!accept || accept === '*/*') return JSON_TYPE;
    let found = this.#types.get(accept);
    if (found === undefined) {
      const types = ['application/json', 'application/graphql-response+json'];
      const preferred = new Negotiator({ headers: { accept } }).mediaType(types);
      found = preferred === types[0] ? JSON_TYPE : preferred === types[1] ? RESPONSE_TYPE : '';
      this.#types.set(accept, found);
    }
    return found || undefined;
  }
}

function hasPlainParameters(operationName: unknown, variables: unknown): boolean {
  return (
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || (typeof variables === 'object' && !Array.isArray(variables)))
  );
}
