import { readFile } from 'node:fs/promises';
import { GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { z } from 'zod';
import type { Identity } from '../../access/identity.js';
import { StartError } from '../../config/config.js';
import type { Logger } from '../observability/logger.js';

/** What happens to documents that are not in the file. */
export type TrustedDocumentsMode = 'open' | 'report' | 'only';

/** Documents by id: what relay-compiler and the client preset of graphql-codegen write, or Apollo's manifest. */
const manifest = z.union([
  z.record(z.string(), z.string()),
  z
    .object({ operations: z.array(z.object({ id: z.string(), body: z.string() })) })
    .transform(({ operations }) => Object.fromEntries(operations.map(({ id, body }) => [id, body]))),
]);

/** The ways in which clients name a document instead of sending it. */
interface DocumentReference {
  query?: unknown;
  /** GraphQL over HTTP, appendix "Persisted Documents". */
  documentId?: unknown;
  /** Relay's. */
  doc_id?: unknown;
  id?: unknown;
  extensions?: unknown;
}

/** Documents that were agreed on beforehand: clients may send their id alone, and others may be kept out. */
export class TrustedDocuments {
  readonly #byId: ReadonlyMap<string, string>;
  readonly #texts: ReadonlySet<string>;

  constructor(
    documents: Record<string, string>,
    private readonly mode: TrustedDocumentsMode,
    private readonly log: Logger,
  ) {
    this.#byId = new Map(Object.entries(documents));
    this.#texts = new Set(Object.values(documents));
  }

  /**
   * The same request with the text of its document, where it names one.
   *
   * @throws GraphQLError PERSISTED_QUERY_NOT_FOUND for an id that names none, BAD_USER_INPUT for one whose text is
   * another than the one sent along, UNTRUSTED_DOCUMENT for a text that is not in the file where only those may run.
   */
  resolve<Request extends DocumentReference>(request: Request): Request {
    const { id, isHash } = idOf(request);
    const text = id === undefined ? undefined : this.#byId.get(id);
    if (text !== undefined) {
      const { documentId: _, doc_id: __, id: ___, extensions: ____, ...rest } = request;
      if (request.query && request.query !== text) {
        throw badRequest(`The document ${id} is another than the query sent with it; send one of the two.`);
      }
      return { ...rest, query: text } as unknown as Request;
    }
    // Apollo's protocol lets clients register a text under its hash, where every text may run.
    if (id !== undefined && !(isHash && this.mode !== 'only')) {
      throw badRequest(`No document has the id ${JSON.stringify(id).slice(0, 100)}.`, 'PERSISTED_QUERY_NOT_FOUND');
    }
    if (typeof request.query !== 'string' || this.#texts.has(request.query)) return request;
    if (this.mode === 'only') {
      throw badRequest(
        'Only documents that were agreed on may run here; send the documentId of one.',
        'UNTRUSTED_DOCUMENT',
      );
    }
    if (this.mode === 'report')
      this.log(`a document that is not trusted: ${JSON.stringify(request.query.slice(0, 300))}`);
    return request;
  }
}

function idOf({ documentId, doc_id, id, extensions }: DocumentReference): { id: string | undefined; isHash: boolean } {
  const plain = [documentId, doc_id, id].find(one => typeof one === 'string');
  if (plain !== undefined) return { id: plain as string, isHash: false };
  const { persistedQuery, documentId: inExtensions } = (extensions ?? {}) as Record<string, unknown>;
  if (typeof inExtensions === 'string') return { id: inExtensions, isHash: false };
  const hash = (persistedQuery as { sha256Hash?: unknown } | undefined)?.sha256Hash;
  return { id: typeof hash === 'string' ? hash : undefined, isHash: true };
}

function badRequest(message: string, code = 'BAD_USER_INPUT'): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

/**
 * Reads the file of trusted documents.
 *
 * @throws StartError when it cannot be read, is no manifest, or holds a document that the schema does not know.
 */
export async function readTrustedDocuments(
  file: string,
  mode: TrustedDocumentsMode,
  schema: GraphQLSchema,
  log: Logger,
): Promise<TrustedDocuments> {
  const problem = (what: string) => new StartError(`The trusted documents in ${file} cannot be used: ${what}.`);
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
      errors = validate(schema, parse(text));
    } catch (error) {
      errors = [error as Error];
    }
    if (errors[0]) throw problem(`the document ${id} does not fit the schema: ${errors[0].message}`);
  }
  return new TrustedDocuments(documents, mode, log);
}

/** The documents that were agreed on with somebody: with clients, not with a router, which makes its own out of theirs. */
export function trustedDocumentsFor(
  trusted: TrustedDocuments | undefined,
  { fromRouter }: Identity,
): TrustedDocuments | undefined {
  return fromRouter ? undefined : trusted;
}
