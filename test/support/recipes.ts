import type { QuestionSource } from '../../src/recipes/source.js';

/** Questions with what a template could break on: quotes, lines, dollars, hanzi, edges, groups. */
export function questionsOf(url: string): QuestionSource[] {
  const question = (query: string, variables = {}, operationName?: string): QuestionSource => ({
    kind: 'question',
    url,
    query,
    variables,
    ...(operationName !== undefined && { operationName }),
  });
  return [
    question(
      `# A comment with a quote's "sign" and a back\\slash
query Ties($status: PartnershipStatus!, $name: String!) {
  partnerships(first: 3, filter: { status: { eq: $status }, chinese: { name: { contains: $name } } }) {
    totalCount
    nodes { id startedOn dutch { name(language: NL) } chinese { name(language: ZH) } }
  }
}`,
      { status: 'ACTIVE', name: '上' },
      'Ties',
    ),
    question('query Edges { exchanges(first: 2) { edges { cursor node { id title(language: EN) } } } }', {}, 'Edges'),
    question('{ __typename ties: partnerships(first: 2) { rows: nodes { id } } }'),
    question(
      'query Aliases { visits: exchanges(first: 2) { all: edges { __typename it: node { id } } } }',
      {},
      'Aliases',
    ),
    question('{ partnershipGroups(by: [STATUS]) { status count } }'),
    question(
      'query Text($text: String!) { authorities(first: 2, filter: { not: { name: { contains: $text } } }) { nodes { id } } }',
      {
        text: `'"\\ \${x} \`#(lf) \u2028 上海 "`,
      },
    ),
  ];
}

interface Members {
  nodes?: unknown[];
  rows?: unknown[];
  edges?: { node: unknown }[];
  all?: { it: unknown }[];
}

/** Returns the rows in the answer to one of the questions: the records of its first list, or its groups. */
export function rowsIn(data: object): unknown {
  const [list] = Object.values(data).filter(value => typeof value === 'object') as Members[];
  const records = list?.edges?.map(({ node }) => node) ?? list?.all?.map(({ it }) => it);
  return list?.nodes ?? list?.rows ?? records ?? list;
}

/** Returns the texts of code, as its language reads them. */
export function inQuotes(language: 'powerQuery' | 'r', code: string): string[] {
  if (language === 'r') return [...code.matchAll(/r"(-*)\(([\s\S]*?)\)\1"/g)].map(([, , text = '']) => text);
  return [...code.matchAll(/"((?:[^"]|"")*)"/g)].map(([, text = '']) =>
    text.replaceAll('""', '"').replaceAll('#(#)(', '#('),
  );
}
