import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useLanguage } from '../language.js';
import { questions } from '../questions.js';

/** Returns functions to open an example question in a tab (an existing one if possible) and run it, and to get its title. */
export function useOpenQuestion(): { open: (name: string) => void; titleOf: (name: string) => string | undefined } {
  const language = useLanguage();
  const tabs = useGraphiQL(state => state.tabs);
  const queryEditor = useGraphiQL(state => state.queryEditor);
  const variableEditor = useGraphiQL(state => state.variableEditor);
  const { addTab, changeTab, run, setOperationName, updateActiveTabValues } = useGraphiQLActions();
  return {
    titleOf: name => questions.get(name)?.[language],
    open: name => {
      const question = questions.get(name);
      if (!question) return;
      const { query, variables, operationName } = question;
      const existing = tabs.findIndex(tab => tab.query === query);
      if (existing >= 0) changeTab(existing);
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
