import { UserErrorCode } from '../change/user-error.js';
import { abbreviate } from '../graph/errors.js';
import { message } from '../messages/message.js';
import type { ProposalRowInput } from './proposal.input.js';
import type { ProposalRow } from './row.js';

/** Returns a row of a call. Values that are no object are a problem of the row. */
export function rowOfInput({ place, values }: ProposalRowInput, index: number): ProposalRow {
  const row = { place: place ?? `row ${index + 1}` };
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
    return { ...row, values: values as ProposalRow['values'] };
  }
  const problem = message('ROW_VALUE_UNREADABLE', { field: 'values', value: abbreviate(values) });
  return { ...row, values: {}, problem: { ...problem, code: UserErrorCode.INVALID, path: ['values'] } };
}
