import { useCallback } from 'react';
import { aliasLabel } from '../questions/alias-labels.js';
import { useActiveResult } from './active-result.js';
import { useReaderLanguage } from './language.js';
import type { AliasLabel } from './result/column-labels.js';

/** Returns a function that labels the aliases of the question whose answer is shown. */
export function useAliasLabels(): AliasLabel {
  const language = useReaderLanguage();
  const operationName = useActiveResult().result?.operationName;
  return useCallback(alias => aliasLabel(operationName, alias, language), [operationName, language]);
}
