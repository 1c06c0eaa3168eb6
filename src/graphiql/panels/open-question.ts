import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useTongue } from '../language.js';
import { questions } from '../questions.js';

/** Opens a question in a tab, the one that has it already or a new one, and asks it. */
export function useOpenQuestion(): { open: (name: string) => void; found: (name: string) => string | undefined } {
  const tongue = useTongue();
  const tabs = useGraphiQL(state => state.tabs);
  const queryEditor = useGraphiQL(state => state.queryEditor);
  const variableEditor = useGraphiQL(state => state.variableEditor);
  const { addTab, changeTab, run, setOperationName, updateActiveTabValues } = useGraphiQLActions();
  return {
    found: name => questions.get(name)?.[tongue],
    open: name => {
      const question = questions.get(name);
      if (!question) return;
      const { query, variables, operationName } = question;
      const there = tabs.findIndex(tab => tab.query === query);
      if (there >= 0) changeTab(there);
      else {
        addTab();
        updateActiveTabValues({ query, variables, operationName });
        queryEditor?.setValue(query);
        variableEditor?.setValue(variables);
      }
      setOperationName(operationName);
      run();
    },
  };
}
