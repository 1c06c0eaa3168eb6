import { abbreviate, graphqlError, InputError } from '../graph/errors.js';
import type { Fork } from '../graph/sql/fork.js';
import { momentOf } from '../graph/sql/moment.js';
import { FACT_LABELS } from '../messages/field-labels.js';
import { message } from '../messages/message.js';
import type { DifferenceFilter } from './difference.js';
import { checkFilter } from './filter.js';
import { resolveMoment } from './moment.js';
import { checkAuthorities } from './resolve-filter.js';

/** Two moments as a client writes them; without the second, the newest change. */
export interface MomentTexts {
  from: string;
  to?: string | null | undefined;
}

/** The moments of a difference, of which the second may be left open. */
export interface Moments {
  from: number;
  /** Null reads up to the newest change. */
  to: number | null;
}

/**
 * Resolves the moments of a difference, and checks its filter.
 *
 * @throws GraphQLError as `resolveMoment` and `checkFilter` do; BAD_USER_INPUT if the second moment is before the first;
 *   MOMENT_IN_FUTURE if one of them is after the moment that the fork reads.
 */
export async function readDifferenceArgs(
  em: Fork,
  args: MomentTexts & { filter?: DifferenceFilter | null },
): Promise<{ moments: Moments; filter: DifferenceFilter }> {
  checkFields(args.filter);
  const filter = checkFilter(args.filter);
  const [moments] = await Promise.all([resolveMoments(em, args), checkAuthorities(em, filter)]);
  return { moments, filter };
}

async function resolveMoments(em: Fork, { from, to }: MomentTexts): Promise<Moments> {
  const [first, second] = await Promise.all([resolveMoment(em, from), to == null ? null : resolveMoment(em, to)]);
  if (to != null && second && second.changeId < first.changeId) {
    throw graphqlError('BAD_USER_INPUT', message('MOMENTS_REVERSED', { from: abbreviate(from), to: abbreviate(to) }));
  }
  const knownAt = momentOf(em);
  for (const [text, moment] of [[from, first] as const, [to ?? '', second] as const]) {
    if (knownAt === undefined || !moment || moment.changeId <= knownAt) continue;
    throw graphqlError('MOMENT_IN_FUTURE', message('MOMENT_AFTER_KNOWN_AT', { value: abbreviate(text) }));
  }
  return { from: first.changeId, to: second?.changeId ?? null };
}

const FIELDS = new Set(Object.keys(FACT_LABELS).filter(name => !name.includes('.')));

/** @throws InputError for a name that no field has: the answer would be empty, as if nothing differed. */
function checkFields(filter: DifferenceFilter | null | undefined): void {
  const unknown = filter?.fields?.find(name => !FIELDS.has(name));
  if (unknown === undefined) return;
  throw new InputError(message('DIFFERENCE_FIELD_UNKNOWN', { path: 'filter.fields', value: abbreviate(unknown) }));
}
