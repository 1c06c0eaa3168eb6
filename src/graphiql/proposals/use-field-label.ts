import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { withoutId } from './comparison.js';

/** Returns a function that labels the path of a value: `dutch.id` as the Dutch side. */
export function useFieldLabel(): (path: string) => string {
  const enumLabel = useEnumLabels(useReaderLanguage());
  return path => enumLabel('Field', withoutId(path));
}
