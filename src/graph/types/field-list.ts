import { FACT_LABELS, fieldLabel } from '../../messages/field-labels.js';
import { type CodeLabels, labelList } from './code-list.js';

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Returns the labels of a field as a heading; those of messages are for the middle of a sentence. */
export function fieldHeading(field: string): Record<'nl' | 'en' | 'zh', string> {
  const label = (language: 'nl' | 'en' | 'zh') => capitalized(fieldLabel(field, language));
  return { nl: label('nl'), en: label('en'), zh: label('zh') };
}

function codeOf(field: string): [field: string, CodeLabels] {
  const { nl, en, zh } = fieldHeading(field);
  return [field, [`${en}.`, nl, en, zh]];
}

labelList(
  'Field',
  'Name of a field: of a changed fact, of a fact that a source supports, of a text that a search matched. Not an enum of this API.',
  Object.fromEntries(Object.keys(FACT_LABELS).map(codeOf)),
);
