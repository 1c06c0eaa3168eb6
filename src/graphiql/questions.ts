import type { ReaderLanguage } from './result/format.js';

/** Example questions of the page. The tests run the same files: a question that stops working fails a test. */
const queries = import.meta.glob<string>('../../test/questions/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const variables = import.meta.glob<string>('../../test/questions/*.variables.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Example question: its title in each language, and the values of a GraphiQL tab. */
export interface Question {
  readonly en: string;
  readonly nl: string;
  readonly zh: string;
  readonly query: string;
  readonly variables: string;
  readonly operationName: string;
}

/** Questions by file name, without extension. */
export const questions: ReadonlyMap<string, Question> = new Map(
  Object.entries(queries).map(([path, query]) => {
    const [en = '', nl = '', zh = ''] = [...query.matchAll(/^# (.+)$/gm)].map(([, title]) => title);
    return [
      path.slice(path.lastIndexOf('/') + 1, -'.graphql'.length),
      {
        en,
        nl,
        zh,
        query,
        variables: variables[path.replace(/\.graphql$/, '.variables.json')]?.trim() ?? '',
        operationName: /^query (\w+)/m.exec(query)?.[1] ?? '',
      },
    ];
  }),
);

/** Returns the title of a question without the hint for which view it is, such as `For the map.` */
export const withoutHint = (title: string): string => title.replace(/(?: (?:For the|Voor de) |(?<=？)用于).*/, '');

const byQuery = new Map([...questions].map(([name, question]) => [question.query.trim(), { name, ...question }]));

/** Returns the example question that has this query; `undefined` if it was edited, or is the reader's own. */
export const questionOf = (query: string | null | undefined) => byQuery.get(query?.trim() ?? '');

const byOperationName = new Map([...byQuery.values()].map(question => [question.operationName, question]));

/** Returns the example question whose operation has this name, as it stands in the address of the page. */
export const questionNamed = (operationName: string) => byOperationName.get(operationName);

const UNKNOWN_QUESTION: Record<ReaderLanguage, (name: string) => string> = {
  en: name => `There is no question ${name}. Choose one of those under Questions.`,
  nl: name => `Er is geen vraag ${name}. Kies een van de vragen onder Vragen.`,
  zh: name => `没有名为 ${name} 的问题。请在“问题”中选择。`,
};

/** Returns the sentence in place of a question that an address names, and that does not exist: the link is old, or was cut. */
export const unknownQuestionText = (operationName: string, language: ReaderLanguage): string =>
  UNKNOWN_QUESTION[language](JSON.stringify(operationName));
