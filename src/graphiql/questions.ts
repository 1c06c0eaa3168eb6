/** The tests ask these same questions, so none on this page can quietly stop working. */
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

/** A question that stands ready: its title in both languages, and what a tab needs. */
export interface Question {
  readonly en: string;
  readonly nl: string;
  readonly query: string;
  readonly variables: string;
  readonly operationName: string;
}

/** By the name of the file, without its ending. */
export const questions: ReadonlyMap<string, Question> = new Map(
  Object.entries(queries).map(([path, query]) => {
    const [en = '', nl = ''] = [...query.matchAll(/^# (.+)$/gm)].map(([, title]) => title);
    return [
      path.slice(path.lastIndexOf('/') + 1, -'.graphql'.length),
      {
        en,
        nl,
        query,
        variables: variables[path.replace(/\.graphql$/, '.variables.json')]?.trim() ?? '',
        operationName: /^query (\w+)/m.exec(query)?.[1] ?? '',
      },
    ];
  }),
);
