import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { results } from './active-result.js';
import { Store, useStore } from './store.js';

/** Operation for a tab of GraphiQL. */
export interface AskedOperation {
  readonly query: string;
  readonly variables: string;
  readonly operationName: string;
  /** Says if it is run. `unless answered`: only if its tab does not have the answer to it. */
  readonly run: 'always' | 'unless answered' | 'never';
}

const asked = new Store<AskedOperation | undefined>(undefined);

/** Puts an operation into a tab: the one that has its query, or a new one. */
export const ask = asked.set;

/** Calls a function with each operation that is asked, on a page without tabs. */
export function takeAsked(take: (operation: AskedOperation) => void): void {
  asked.subscribe(() => {
    const operation = asked.get();
    if (!operation) return;
    asked.set(undefined);
    take(operation);
  });
}

/** Tells if an operation was asked that is not in its tab yet. */
export const useIsAsking = (): boolean => useStore(asked) !== undefined;

/** Formats JSON without blanks; returns other text, which a link can have, as it is. */
export function compact(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json.trim();
  }
}

/** Tells if a tab has the answer to an operation. */
function isAnswered(tab: string | undefined, { query, variables }: AskedOperation): boolean {
  const result = results.get(tab ?? '');
  return result?.query === query && JSON.stringify(result.variables) === compact(variables || '{}');
}

/** Carries out what was asked, as soon as the editors of GraphiQL exist. Renders nothing. */
export function Asker(): null {
  const operation = useStore(asked);
  const { tabs, activeTabIndex, queryEditor, variableEditor, responseEditor, schema } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor', 'responseEditor', 'schema'),
  );
  const { addTab, changeTab, run, setOperationName, updateActiveTabValues } = useGraphiQLActions();
  const isReady = queryEditor && variableEditor && responseEditor && schema;
  const [queryToRun, setQueryToRun] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each operation, and reads the rest then.
  useEffect(() => {
    if (!operation || !isReady) return;
    asked.set(undefined);
    const { query, variables, operationName } = operation;
    const existing = tabs.findIndex(tab => tab.query === query);
    if (existing === -1) {
      addTab();
      updateActiveTabValues({ query, variables, operationName });
      queryEditor.setValue(query);
    } else if (existing !== activeTabIndex) changeTab(existing);
    if (variableEditor.getValue() !== variables) {
      updateActiveTabValues({ variables });
      variableEditor.setValue(variables);
    }
    setOperationName(operationName);
    const isNeeded = operation.run === 'always' || !isAnswered(tabs[existing]?.id, operation);
    if (operation.run !== 'never' && isNeeded) setQueryToRun(query);
  }, [operation, isReady]);
  // Runs once the tab is the active one for all of the page: the answer is stored for the active tab.
  const activeQuery = tabs[activeTabIndex]?.query;
  useEffect(() => {
    if (queryToRun === undefined || queryToRun !== activeQuery) return;
    setQueryToRun(undefined);
    void run();
  }, [queryToRun, activeQuery, run]);
  return null;
}
