import { useFieldLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { pathWords } from '../result/variable-fields.js';

/** Returns a function that says a path of fields in words; the nodes of a list go without saying. */
export function usePathWords(): (path: readonly string[]) => string {
  const language = useReaderLanguage();
  const labelOf = useFieldLabels();
  return path => {
    const spoken = path.filter(name => name !== 'nodes');
    return pathWords(spoken.length > 0 ? spoken : path, language, labelOf);
  };
}
