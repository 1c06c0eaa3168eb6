import type { ASTNode, GraphQLSchema } from 'graphql';
import type { ReaderLanguage } from './format.js';
import type { RemedyTexts } from './remedy-texts.js';

/** Change that puts a question right. */
export interface Remedy {
  readonly label: string;
  /** Query that replaces the present one. */
  readonly query: string;
}

/** Sentence about what is wrong with a question, and the changes that put it right. */
export interface Explanation {
  readonly text: string;
  /** Message in English that the sentence introduces. */
  readonly detail?: string;
  readonly remedies: readonly Remedy[];
}

/** Words and labels for explanations. */
export interface RemedyWords {
  readonly language: ReaderLanguage;
  readonly enumLabel: (type: string, value: string) => string;
}

/** Message of graphql-js, and what it makes of a query. */
export type Explain = (
  match: RegExpExecArray,
  context: {
    schema: GraphQLSchema;
    query: string;
    nodes: readonly ASTNode[];
    message: string;
    words: RemedyWords;
    texts: RemedyTexts;
  },
) => Explanation | undefined;

/** Returns the names that a message of graphql-js suggests. */
export const suggestedIn = (message: string): string[] => {
  const at = message.indexOf('Did you mean ');
  return at === -1 ? [] : [...message.slice(at).matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
};

/** Explanations by the message of graphql-js. */
export type Explanations = readonly (readonly [RegExp, Explain])[];

/** Part of the text of a query. */
export interface Spot {
  readonly start: number;
  readonly end: number;
}

export const spotOf = (node: ASTNode): Spot => ({ start: node.loc?.start ?? 0, end: node.loc?.end ?? 0 });
export const lineOf = (node: ASTNode | undefined): number => node?.loc?.startToken.line ?? 1;
export const replaced = (query: string, { start, end }: Spot, text: string): string =>
  query.slice(0, start) + text + query.slice(end);
