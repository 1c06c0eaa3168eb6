import { type DocumentNode, GraphQLError, type GraphQLSchema, specifiedRules, validate } from 'graphql';
import type { ErrorCode } from '../../graph/errors.js';
import { checkDocument } from '../../limits/document.js';
import { parseDocument } from '../../limits/parse.js';

/** Limits the errors of validation and of variables: graphql-js then adds one that says so. */
export const MAX_ERRORS = 2;

type ParsedDocument =
  | { document: DocumentNode; errors?: undefined }
  | { document?: undefined; errors: readonly GraphQLError[] };

/** Parses a document, checks it against the limits and validates it. Independent of the client. */
export function parseAndValidate(schema: GraphQLSchema, text: string): ParsedDocument {
  try {
    const document = parseDocument(text);
    checkDocument(document);
    const errors = validate(schema, document, specifiedRules, { maxErrors: MAX_ERRORS });
    for (const { extensions } of errors) extensions.code ??= 'GRAPHQL_VALIDATION_FAILED' satisfies ErrorCode;
    return errors.length ? { errors } : { document };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // A rule throws for a subscription whose `@include` depends on a variable.
    error.extensions.code ??= 'GRAPHQL_VALIDATION_FAILED' satisfies ErrorCode;
    return { errors: [error] };
  }
}
