import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useCallback } from 'react';
import { operationNameIn } from './result/operation-request.js';

/** Texts that the page writes into the editors of the active tab. */
interface Rewritten {
  readonly query?: string;
  readonly variables?: string;
}

/** Returns a function that writes into the editors of the active tab and, by default, runs the operation. */
export function useRewrite(): (rewritten: Rewritten, isRun?: boolean) => void {
  const queryEditor = useGraphiQL(state => state.queryEditor);
  const variableEditor = useGraphiQL(state => state.variableEditor);
  const { run, setOperationName, updateActiveTabValues } = useGraphiQLActions();
  return useCallback(
    ({ query, variables }, isRun = true) => {
      if (query !== undefined) {
        queryEditor?.setValue(query);
        updateActiveTabValues({ query });
        setOperationName(operationNameIn(query) ?? '');
      }
      if (variables !== undefined) {
        variableEditor?.setValue(variables);
        updateActiveTabValues({ variables });
      }
      if (isRun) void run();
    },
    [queryEditor, variableEditor, run, setOperationName, updateActiveTabValues],
  );
}
