import { type GraphQLFormattedError, type GraphQLSchema, parse } from 'graphql';
import type { Context } from '../../context.js';
import type { MessageLanguage } from '../../messages/message.js';
import type { DocumentStore } from '../graphql/document-store.js';
import { type ExecutionDeps, executeOperation } from '../graphql/execute-operation.js';
import { prepareOperation } from '../graphql/prepare-operation.js';
import { localizeResult } from '../http/localize.js';
import { recordOperation } from '../observability/operation-context.js';
import { answerDocument } from './answer-document.js';
import { type AnswerObject, answerShape, type FieldShape } from './answer-shape.js';

export interface RunDeps extends ExecutionDeps {
  documents: DocumentStore;
}

/** A document as a page executes it. */
interface PageDocument {
  text: string;
  shape: ReadonlyMap<string, FieldShape>;
}

/** The answer to a document of a page. */
export interface Answer {
  status: number;
  /** Null if the operation was refused as a whole. */
  data: AnswerObject | null;
  shape: ReadonlyMap<string, FieldShape>;
  /** Translated to the language of the reader. */
  errors: readonly GraphQLFormattedError[];
}

/** Completed documents by schema, text and language: as many as the server brings along, in three languages. */
const completed = new WeakMap<GraphQLSchema, Map<string, PageDocument>>();

function pageDocument(schema: GraphQLSchema, text: string, language: MessageLanguage): PageDocument {
  let documents = completed.get(schema);
  if (!documents) {
    documents = new Map();
    completed.set(schema, documents);
  }
  const key = `${language} ${text}`;
  let document = documents.get(key);
  if (!document) {
    const own = answerDocument(schema, text, language);
    document = { text: own, shape: answerShape(schema, parse(own, { noLocation: true })) };
    documents.set(key, document);
  }
  return document;
}

/**
 * Executes a document of the server in this process, as a request to `/graphql` is executed: with its admission, plan,
 * batches and cost.
 *
 * @param text One of the documents that the server brings along, never a text of a client.
 */
export async function runDocument(
  deps: RunDeps,
  context: Context,
  text: string,
  variables: Record<string, unknown>,
  language: MessageLanguage,
): Promise<Answer> {
  const document = pageDocument(deps.schema, text, language);
  const { operation, errors } = prepareOperation(deps.documents, { query: document.text });
  if (!operation) throw new Error(`A document of a page is not valid: ${errors[0]?.message}`);
  recordOperation(operation);
  const { status, body } = await executeOperation(deps, operation, variables, context);
  const localized = localizeResult(body, language);
  return { status, data: body.data ?? null, shape: document.shape, errors: localized.errors ?? [] };
}
