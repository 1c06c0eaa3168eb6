import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { z } from 'zod';
import type { Identity } from '../../access/identity.js';
import { StartError } from '../../config/config.js';
import { type ErrorCode, graphqlError } from '../../graph/errors.js';
import { type Message, message, withFullStop } from '../../messages/message.js';
import type { Logger } from '../observability/logger.js';
import { reserveOperationName } from '../observability/metrics.js';

/** The policy for documents that are not in the file. */
export type TrustedDocumentsMode = 'open' | 'report' | 'only';

/** Documents by id, as written by relay-compiler and the client preset of graphql-codegen, or Apollo's manifest. */
const manifest = z.union([
  z.record(z.string(), z.string()),
  z
    .object({ operations: z.array(z.object({ id: z.string(), body: z.string() })) })
    .transform(({ operations }) => Object.fromEntries(operations.map(({ id, body }) => [id, body]))),
]);

/** The parameters with which clients send the id of a document instead of its text. */
interface DocumentReference {
  query?: unknown;
  /** GraphQL over HTTP, appendix "Persisted Documents". */
  documentId?: unknown;
  /** Relay. */
  doc_id?: unknown;
  id?: unknown;
  extensions?: unknown;
}

/** Trusted documents: clients send an id instead of the text. Other documents can be refused. */
export class TrustedDocuments {
  readonly #byId: ReadonlyMap<string, string>;
  readonly #texts: ReadonlySet<string>;

  constructor(
    documents: Record<string, string>,
    private readonly mode: TrustedDocumentsMode,
    private readonly logger: Logger,
  ) {
    this.#byId = new Map(Object.entries(documents));
    this.#texts = new Set(Object.values(documents));
  }

  /**
   * Returns the request with the text of the document that it references, if it does.
   *
   * @throws GraphQLError PERSISTED_QUERY_NOT_FOUND for an unknown id, BAD_USER_INPUT for an id with the text of another
   * document, UNTRUSTED_DOCUMENT for a text that is not in the file in the mode `only`.
   */
  resolve<Request extends DocumentReference>(request: Request): Request {
    const { id, isHash } = idOf(request);
    const text = id === undefined ? undefined : this.#byId.get(id);
    if (text !== undefined) {
      const { documentId: _, doc_id: __, id: ___, extensions: ____, ...rest } = request;
      if (request.query && request.query !== text) {
        throw badRequest(message('DOCUMENT_ID_CONTRADICTS', { value: id as string }));
      }
      return { ...rest, query: text } as unknown as Request;
    }
    // In Apollo's protocol clients register a text under its hash, if every text may be executed.
    if (id !== undefined && !(isHash && this.mode !== 'only')) {
      const value = JSON.stringify(id).slice(0, 100);
      throw badRequest(message('DOCUMENT_ID_UNKNOWN', { value }), 'PERSISTED_QUERY_NOT_FOUND');
    }
    if (typeof request.query !== 'string' || this.#texts.has(request.query)) return request;
    if (this.mode === 'only') {
      throw badRequest(message('DOCUMENT_UNTRUSTED', {}), 'UNTRUSTED_DOCUMENT');
    }
    if (this.mode === 'report') {
      this.logger(`a document that is not trusted: ${hash('sha256', request.query)}`);
    }
    return request;
  }
}

function idOf({ documentId, doc_id, id, extensions }: DocumentReference): { id: string | undefined; isHash: boolean } {
  const plainId = [documentId, doc_id, id].find(value => typeof value === 'string');
  if (plainId !== undefined) return { id: plainId as string, isHash: false };
  const { persistedQuery, documentId: inExtensions } = (extensions ?? {}) as Record<string, unknown>;
  if (typeof inExtensions === 'string') return { id: inExtensions, isHash: false };
  const hash = (persistedQuery as { sha256Hash?: unknown } | undefined)?.sha256Hash;
  return { id: typeof hash === 'string' ? hash : undefined, isHash: true };
}

function badRequest(problem: Message, code: ErrorCode = 'BAD_USER_INPUT'): GraphQLError {
  return graphqlError(code, problem, { http: { status: 400 } });
}

/**
 * Reads the file of trusted documents.
 *
 * @throws StartError if it cannot be read, is no manifest, or has a document that is not valid.
 */
export async function readTrustedDocuments(
  file: string,
  mode: TrustedDocumentsMode,
  schema: GraphQLSchema,
  logger: Logger,
): Promise<TrustedDocuments> {
  const problem = (reason: string) =>
    new StartError(withFullStop(`The trusted documents in ${file} cannot be used: ${reason}`));
  let documents: Record<string, string>;
  try {
    documents = manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof z.ZodError) throw problem('it is no object of texts by id, nor a manifest of Apollo');
    throw problem((error as Error).message);
  }
  for (const [id, text] of Object.entries(documents)) {
    let errors: readonly { message: string }[];
    try {
      const document = parse(text);
      errors = validate(schema, document);
      for (const definition of document.definitions) {
        if (definition.kind === Kind.OPERATION_DEFINITION && definition.name)
          reserveOperationName(definition.name.value);
      }
    } catch (error) {
      errors = [error as Error];
    }
    if (errors[0]) throw problem(`the document ${id} does not fit the schema: ${errors[0].message}`);
  }
  return new TrustedDocuments(documents, mode, logger);
}

/** Returns the trusted documents for a client: none for a router, which creates its own documents from those of clients. */
export function trustedDocumentsFor(
  trusted: TrustedDocuments | undefined,
  { fromRouter }: Identity,
): TrustedDocuments | undefined {
  return fromRouter ? undefined : trusted;
}
