import { tryParseJSONC, useGraphiQL } from '@graphiql/react';
import { useMemo } from 'react';
import { useRewrite } from '../rewrite.js';

type Values = Readonly<Record<string, unknown>>;

function valuesIn(text: string | null | undefined): Values {
  try {
    return tryParseJSONC(text ?? '') ?? {};
  } catch {
    return {};
  }
}

/** Returns the variables of the active tab, and a function that changes one and asks again; undefined removes it. */
export function useVariables(): { values: Values; change: (name: string, value: unknown) => void } {
  const text = useGraphiQL(state => state.tabs[state.activeTabIndex]?.variables);
  const variableEditor = useGraphiQL(state => state.variableEditor);
  const rewrite = useRewrite();
  const values = useMemo(() => valuesIn(text), [text]);
  return {
    values,
    change: (name, value) => {
      // The editor is ahead of the tab by the time that GraphiQL waits for further keys.
      const next = { ...valuesIn(variableEditor?.getValue() ?? text), [name]: value };
      rewrite({ variables: JSON.stringify(next, null, 2) });
    },
  };
}
