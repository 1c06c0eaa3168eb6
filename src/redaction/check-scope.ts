import sql from 'sql-template-tag';
import type { Problems } from '../change/problems.js';
import { REDACTED_TEXT, REDACTED_URL } from '../change/redacted.js';
import { UserErrorCode } from '../change/user-error.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { REDACTABLE_FIELDS, subjectTypeOf } from './fields.js';
import type { Scope } from './redaction.js';
import { passageRewriter, wordsOf } from './rewriter.js';

/** A shorter passage stands in too many words. */
const MIN_PASSAGE_LENGTH = 2;

/** Reports a scope that is unbounded, names a field without texts, or would redact marks or the reason itself. */
export async function checkScope(problems: Problems, em: Fork, scope: Scope, reason: string): Promise<void> {
  checkField(problems, scope);
  checkPassage(problems, scope, reason);
  const { id } = scope;
  if (id == null || problems.has('id')) return;
  const query = sql`select 1 from change where subject_id = ${id} limit 1`;
  if ((await queryRows(em, query)).length === 0)
    problems.add('id', message('RECORD_MISSING', { id }), UserErrorCode.NOT_FOUND);
}

function checkField(problems: Problems, { id, field, passage }: Scope): void {
  const isReadable = !['id', 'field', 'passage'].some(name => problems.has(name));
  if (isReadable && passage == null && (id == null || field == null))
    problems.add('', message('REDACTION_UNBOUNDED', {}));
  if (field == null || problems.has('field')) return;
  const type = id == null ? undefined : subjectTypeOf(id);
  if (id != null && type === undefined) return;
  const fields = type ? REDACTABLE_FIELDS[type] : [...new Set(Object.values(REDACTABLE_FIELDS).flat())];
  if (!fields.includes(field))
    problems.add('field', message('REDACTION_FIELD', { value: field, fields: fields.join(', ') }));
}

function checkPassage(problems: Problems, { passage, wholeWords }: Scope, reason: string): void {
  if (passage == null || problems.has('passage')) return;
  const words = wordsOf(passage);
  const { length } = [...words.join('')];
  if (length < MIN_PASSAGE_LENGTH) {
    problems.add('passage', message('REDACTION_PASSAGE_SHORT', { limit: MIN_PASSAGE_LENGTH, length }));
    return;
  }
  const { indexIn } = passageRewriter(passage, wholeWords);
  const isOfMark = words.includes('redacted') || indexIn(REDACTED_TEXT) >= 0 || indexIn(REDACTED_URL) >= 0;
  if (isOfMark) problems.add('passage', message('REDACTION_MARK', {}));
  else if (indexIn(reason) >= 0) problems.add('reason', message('REDACTION_REASON', {}));
}
