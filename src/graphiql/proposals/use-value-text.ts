import { useGraphiQL } from '@graphiql/react';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { typeOfRecord } from './comparison.js';
import type { Item } from './proposal.js';
import { valueText } from './value-text.js';

/** Returns a function that formats a value at a path of a row, in the language of the reader. */
export function useValueText(concept: string): (item: Item, path: string, value: unknown) => string {
  const schema = useGraphiQL(state => state.schema);
  const enumLabel = useEnumLabels(useReaderLanguage());
  return ({ subjectId }, path, value) =>
    valueText(schema, typeOfRecord(concept, subjectId ?? 'nl-'), path, value, enumLabel);
}
