import type { GraphiQLProps } from 'graphiql';

type Tab = NonNullable<GraphiQLProps['defaultTabs']>[number];

/** The tests ask these same questions, so an example on this page cannot quietly stop working. */
const questions = import.meta.glob<string>('../../test/questions/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const variables = import.meta.glob<string>('../../test/questions/*.variables.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** More tabs than this no longer show their titles next to each other. */
const MOST_TABS = 5;

const FALLBACK: Tab = { query: '# Does the register answer?\nquery Hello {\n  __typename\n}\n' };

function tab([path, query]: [path: string, query: string]): Tab {
  return { query, variables: variables[path.replace(/\.graphql$/, '.variables.json')] ?? null };
}

const tabs = Object.entries(questions)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .slice(0, MOST_TABS)
  .map(tab);

const first = tabs[0] ?? FALLBACK;

/** What a first visit opens: the first questions by file name, or one that any schema answers. */
export const exampleTabs: Tab[] = [first, ...tabs.slice(1)];

/**
 * GraphiQL fills the editors of the first tab from `initialQuery` and `initialVariables`: the query it takes from the
 * tab itself, the variables it forgets. On later visits the tabs it has kept decide, so then this gives nothing.
 */
export function firstVariables(): Pick<GraphiQLProps, 'initialVariables'> {
  const kept = localStorage.getItem('graphiql:tabState') !== null;
  return kept || !first.variables ? {} : { initialVariables: first.variables };
}
