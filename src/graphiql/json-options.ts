import { useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

/**
 * Skips options of the JSON editors that are as they were. monaco-graphql sets them after each pause in typing, and each time
 * Monaco ends the worker of these editors, starts another and sends it the whole response. Renders nothing.
 */
export function JsonOptions(): null {
  const monaco = useMonaco(state => state.monaco);
  useEffect(() => {
    if (!monaco) return;
    const { jsonDefaults } = monaco.languages.json;
    const set = jsonDefaults.setDiagnosticsOptions.bind(jsonDefaults);
    jsonDefaults.setDiagnosticsOptions = options => {
      if (JSON.stringify(options) !== JSON.stringify(jsonDefaults.diagnosticsOptions)) set(options);
    };
  }, [monaco]);
  return null;
}
