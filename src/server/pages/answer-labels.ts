import { fieldHeading } from '../../graph/types/field-list.js';
import { FIELD_LABELS } from '../../messages/field-labels.js';
import type { MessageLanguage } from '../../messages/message.js';
import type { AliasLabels } from '../../questions/alias-labels.js';
import { ANSWER_LABELS, LABEL_INDEX } from '../../questions/answer-labels.js';
import type { FieldShape } from './answer-shape.js';

/** Returns the heading of a field of an answer in a language; undefined if there is none. */
export function labelOfField(
  { key, name }: Pick<FieldShape, 'key' | 'name'>,
  language: MessageLanguage,
  aliases: AliasLabels = {},
): string | undefined {
  const own = (key !== name ? aliases[key] : undefined) ?? ANSWER_LABELS[name];
  if (own) return own[LABEL_INDEX[language]];
  return FIELD_LABELS[name] ? fieldHeading(name)[language] : undefined;
}

/** Returns the heading of a field; its name if it has no label. */
export const headingOf = (
  shape: Pick<FieldShape, 'key' | 'name'>,
  language: MessageLanguage,
  aliases?: AliasLabels,
): string => labelOfField(shape, language, aliases) ?? shape.key;
