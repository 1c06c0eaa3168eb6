import { type DocumentNode, GraphQLError, type GraphQLSchema, specifiedRules, validate } from 'graphql';
import { type ErrorCode, graphqlError } from '../../graph/errors.js';
import { checkDocument } from '../../limits/document.js';
import { parseDocument } from '../../limits/parse.js';
import { message } from '../../messages/message.js';

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
    const errors = validateDocument(schema, document);
    for (const { extensions } of errors) extensions.code ??= 'GRAPHQL_VALIDATION_FAILED' satisfies ErrorCode;
    return errors.length ? { errors } : { document };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [error] };
  }
}

function validateDocument(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  try {
    return validate(schema, document, specifiedRules, { maxErrors: MAX_ERRORS });
  } catch (error) {
    // The rule that a subscription has one root field evaluates `@include` and `@skip`, without the variables.
    if (!(error instanceof GraphQLError)) throw error;
    const rule = message('SUBSCRIPTION_ROOT_CONDITIONAL', {});
    const { message: text, extensions } = graphqlError('GRAPHQL_VALIDATION_FAILED', rule);
    return [new GraphQLError(text, { ...(error.nodes && { nodes: error.nodes }), extensions })];
  }
}
