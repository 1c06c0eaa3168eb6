import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { requireScopes } from '../../access/require-scopes.js';
import { graphqlError } from '../../graph/errors.js';
import { coerceVariables } from '../../graph/execute/coerce-variables.js';
import type { AdmissionControl } from '../../limits/admission.js';
import { RateLimitError } from '../../limits/budget.js';
import { checkValues } from '../../limits/json-values.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import { message } from '../../messages/message.js';
import { formatError } from '../http/mask-errors.js';
import type { DocumentStore } from './document-store.js';
import type { PreparedOperation } from './stored-document.js';
import { type TrustedDocuments, trustedDocumentsFor } from './trusted-documents.js';

/** The parameters of a GraphQL request, on every transport. */
export interface OperationRequest {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  extensions?: Record<string, unknown> | null | undefined;
}

/** An operation that can be admitted, or the errors that refuse it. */
export type Preparation =
  | { operation: PreparedOperation; errors?: undefined }
  | { operation?: undefined; errors: readonly GraphQLFormattedError[] };

/**
 * Charges a client for reading a document that is not stored. Called before the document is loaded, so that a client
 * without budget cannot have documents validated.
 *
 * @throws RateLimitError.
 */
export function chargeNewDocument(
  { documents, admissionControl }: { documents: DocumentStore; admissionControl: AdmissionControl },
  query: string,
  client: RateLimitSubject,
): Promise<void> | undefined {
  return documents.has(query) ? undefined : admissionControl.chargeReading(client, query);
}

/** Finds the operation of a request. Every later step takes the operation itself, and none its name. */
export function prepareOperation(
  documents: DocumentStore,
  { query, operationName }: Pick<OperationRequest, 'query' | 'operationName'>,
): Preparation {
  const document = documents.load(query);
  if (document.errors) return document;
  const operation = document.operation(operationName);
  return operation ? { operation } : { errors: [OPERATION_NOT_FOUND] };
}

const OPERATION_NOT_FOUND = formatError(
  graphqlError('OPERATION_RESOLUTION_FAILURE', message('OPERATION_NAME_UNKNOWN', {})),
);

/**
 * Prepares a request of a stream or a socket, and checks all that is known before admission: trusted documents, variables
 * and scopes. These transports report such errors before the operation starts.
 *
 * @throws RateLimitError.
 */
export async function prepareRequest(
  deps: {
    schema: GraphQLSchema;
    documents: DocumentStore;
    admissionControl: AdmissionControl;
    trustedDocuments: TrustedDocuments | undefined;
  },
  request: OperationRequest,
  client: RateLimitSubject,
): Promise<Preparation> {
  const { identity } = client;
  try {
    const trusted = trustedDocumentsFor(deps.trustedDocuments, identity);
    const { query, operationName, variables } = trusted?.resolve(request) ?? request;
    await chargeNewDocument(deps, query, client);
    const document = deps.documents.load(query);
    if (document.errors) return document;
    checkValues(variables, 'variables');
    const prepared = prepareOperation(deps.documents, { query, operationName });
    if (prepared.errors) return prepared;
    requireScopes(prepared.operation.requirements, identity);
    const { node } = prepared.operation;
    // The execution of a mutation reports them together with broken rules.
    if (node.operation === OperationTypeNode.MUTATION) return prepared;
    const { errors } = coerceVariables(deps.schema, document.document, node, variables ?? {});
    return errors ? { errors: errors.map(error => formatError(error)) } : prepared;
  } catch (error) {
    if (error instanceof RateLimitError) throw error;
    if (error instanceof GraphQLError) return { errors: [formatError(error)] };
    throw error;
  }
}
