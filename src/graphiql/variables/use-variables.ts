import { tryParseJSONC, useGraphiQL } from '@graphiql/react';
import { useMemo } from 'react';
import { isQuery } from '../result/is-query.js';
import { useRewrite } from '../rewrite.js';

type Values = Readonly<Record<string, unknown>>;

function valuesIn(text: string | null | undefined): Values {
  try {
    return tryParseJSONC(text ?? '') ?? {};
  } catch {
    return {};
  }
}

/**
 * Returns the variables of the active tab, and a function that changes one, undefined removes it, and asks again. A mutation
 * is not run: it waits for the reader.
 */
export function useVariables(): { values: Values; change: (name: string, value: unknown) => void } {
  const tab = useGraphiQL(state => state.tabs[state.activeTabIndex]);
  const variableEditor = useGraphiQL(state => state.variableEditor);
  const queryEditor = useGraphiQL(state => state.queryEditor);
  const rewrite = useRewrite();
  const text = tab?.variables;
  const values = useMemo(() => valuesIn(text), [text]);
  return {
    values,
    change: (name, value) => {
      // The editors are ahead of the tab by the time that GraphiQL waits for further keys.
      const next = { ...valuesIn(variableEditor?.getValue() ?? text), [name]: value };
      const query = queryEditor?.getValue() ?? tab?.query ?? '';
      rewrite({ variables: JSON.stringify(next, null, 2) }, isQuery(query, tab?.operationName ?? undefined));
    },
  };
}
