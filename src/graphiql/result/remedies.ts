import { GraphQLError, type GraphQLSchema, parse, print, specifiedRules, validate } from 'graphql';
import { type Explanation, lineOf, type RemedyWords } from './explanation.js';
import { FORM_REMEDIES } from './form-remedies.js';
import { NAME_REMEDIES } from './name-remedies.js';
import { remedyTexts } from './remedy-texts.js';

/** Explanations shown at a time: one error of a document causes others. */
const MAX_EXPLANATIONS = 3;
/** Braces that are added to a document that lacks them. */
const MAX_BRACES = 12;

/**
 * Explains why a query cannot be asked: what the schema does not have, what is written in another way, and the
 * nearest query that can be asked. Empty if the query fits the schema.
 */
export function explainQuery(schema: GraphQLSchema, query: string, words: RemedyWords): Explanation[] {
  try {
    const document = parse(query);
    return validate(schema, document, specifiedRules, { maxErrors: MAX_EXPLANATIONS })
      .filter(({ nodes }) => nodes !== undefined)
      .map(error => explainError(schema, query, error, words));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return [explainSyntax(query, error, words)];
  }
}

function explainSyntax(query: string, error: GraphQLError, { language }: RemedyWords): Explanation {
  const texts = remedyTexts[language];
  if (/found <EOF>/.test(error.message)) {
    for (let count = 1; count <= MAX_BRACES; count += 1) {
      const closed = `${query.trimEnd()}\n${'}'.repeat(count)}\n`;
      try {
        return { text: texts.unclosed, remedies: [{ label: texts.close, query: print(parse(closed)) }] };
      } catch {
        // More braces may close it.
      }
    }
  }
  return { text: texts.notGraphql(error.locations?.[0]?.line ?? 1), remedies: [] };
}

function explainError(
  schema: GraphQLSchema,
  query: string,
  { message, nodes = [] }: GraphQLError,
  words: RemedyWords,
): Explanation {
  const texts = remedyTexts[words.language];
  for (const [pattern, explain] of [...NAME_REMEDIES, ...FORM_REMEDIES]) {
    const match = pattern.exec(message);
    const explanation = match && explain(match, { schema, query, nodes, message, words, texts });
    if (explanation) return explanation;
  }
  return { text: texts.other(lineOf(nodes[0])), detail: message, remedies: [] };
}
