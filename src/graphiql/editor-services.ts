import { useMonaco } from '@graphiql/react';
import { useLayoutEffect } from 'react';
import { useIsCodeOpen, useLayout } from './layout.js';

/** The schema comes from a register that has validated it. */
const buildSchemaOptions = { assumeValid: true, assumeValidSDL: true };

/**
 * Checks, folds and completes the texts of the editors only while they are in sight: a worker of Monaco for each language would
 * load its code, build the schema, and read each question and answer, beside a panel that hides all of it. Renders nothing.
 */
export function EditorServices(): null {
  const monaco = useMonaco(state => state.monaco);
  const monacoGraphQL = useMonaco(state => state.monacoGraphQL);
  const isCodeOpen = useIsCodeOpen();
  const isInSight = useLayout() === 'editor' || isCodeOpen;
  useLayoutEffect(() => {
    if (!monacoGraphQL) return;
    const set = monacoGraphQL.setSchemaConfig.bind(monacoGraphQL);
    monacoGraphQL.setSchemaConfig = schemas => set(schemas.map(schema => ({ ...schema, buildSchemaOptions })));
  }, [monacoGraphQL]);
  useLayoutEffect(() => {
    if (!monaco || !monacoGraphQL || isInSight) return undefined;
    const modes = [monaco.languages.json.jsonDefaults, monacoGraphQL].map(language => {
      const mode = language.modeConfiguration;
      // Colours of tokens need no worker.
      language.setModeConfiguration({ tokens: mode.tokens ?? false });
      return () => language.setModeConfiguration(mode);
    });
    return () => {
      for (const restore of modes) restore();
    };
  }, [monaco, monacoGraphQL, isInSight]);
  return null;
}
