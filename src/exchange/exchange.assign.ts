import type { EntityManager } from '@mikro-orm/sql';
import { checkSides } from '../authority/sides.js';
import { checkNames, checkNotCleared, storedNames, suppliedFacts } from '../change/facts.js';
import { checkPast, checkPeriod } from '../change/period.js';
import type { Problems } from '../change/problems.js';
import { checkExisting } from '../change/references.js';
import { UserErrorCode } from '../change/user-error.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import { Partnership } from '../partnership/partnership.js';
import { ExchangeStatus } from './exchange.enums.js';
import { type ExchangeFacts, exchangeFacts, requiredExchangeFacts, requiredOfNewExchange } from './exchange.input.js';
import type { Exchange } from './exchange.js';

/**
 * Checks the fields of an exchange, and the exchange against its partnership.
 *
 * @param record The exchange; null for a new one.
 */
export async function checkExchange(
  problems: Problems,
  em: EntityManager,
  record: Exchange | null,
  input: ExchangeFacts,
): Promise<void> {
  checkNotCleared(problems, input, record ? requiredExchangeFacts : requiredOfNewExchange);
  checkNames(problems, input.title, 'title');
  if (input.title?.aliases?.length) problems.add('title.aliases', message('ALIASES_NOT_ALLOWED', { field: 'title' }));
  checkDates(problems, record, input);
  await checkSides(problems, em, input);
  await checkExisting(problems, em, 'programme', input.programme, 'programme');
  await checkPartnership(problems, em, record, input);
}

/** Returns a field as the input leaves it. */
function after<Field extends keyof ExchangeFacts>(record: Exchange | null, input: ExchangeFacts, field: Field) {
  const value = input[field];
  return value === undefined ? ((record as ExchangeFacts | null)?.[field] ?? null) : (value as ExchangeFacts[Field]);
}

function checkDates(problems: Problems, record: Exchange | null, input: ExchangeFacts): void {
  const dates = { startedOn: after(record, input, 'startedOn'), endedOn: after(record, input, 'endedOn') };
  checkPeriod(problems, input, dates);
  const sets = (field: keyof ExchangeFacts) => input[field] !== undefined;
  const isHeld = after(record, input, 'status') === ExchangeStatus.HELD;
  if (!isHeld || !(sets('status') || sets('startedOn') || sets('endedOn'))) return;
  for (const field of ['startedOn', 'endedOn'] as const)
    checkPast(problems, dates[field], field, 'HELD_IN_FUTURE', sets(field) ? field : 'status');
}

async function checkPartnership(
  problems: Problems,
  em: EntityManager,
  record: Exchange | null,
  input: ExchangeFacts,
): Promise<void> {
  const { underPartnership } = input;
  const id = after(record, input, 'partnership');
  if (id == null) {
    // Clearing the partnership makes `underPartnership` unclear again, unless the call sets it.
    if (underPartnership && !problems.has('partnership'))
      problems.add('underPartnership', message('PARTNERSHIP_FLAG_WITHOUT_PARTNERSHIP', {}));
    return;
  }
  if (underPartnership === false || (record && underPartnership === null)) {
    problems.add('underPartnership', message('PARTNERSHIP_WITHOUT_FLAG', {}));
  }
  if (problems.has('partnership')) return;
  const partnership = await em.findOne(Partnership, id);
  if (!partnership) {
    const missing = message('REFERENCE_MISSING', { field: 'partnership', value: id });
    problems.add('partnership', missing, UserErrorCode.NOT_FOUND);
    return;
  }
  if (problems.has('dutch') || problems.has('chinese')) return;
  const [dutch, chinese] = [after(record, input, 'dutch'), after(record, input, 'chinese')];
  if (partnership.dutch === dutch && partnership.chinese === chinese) return;
  const sides = { dutch: partnership.dutch, chinese: partnership.chinese };
  const exchangeSides = { exchangeDutch: dutch ?? '–', exchangeChinese: chinese ?? '–' };
  problems.add('partnership', message('SIDES_DIFFER', { id, ...sides, ...exchangeSides }));
}

/** Assigns the supplied fields to a record. */
export function assignExchange(record: Exchange, input: ExchangeFacts): void {
  const { title, ...columns } = suppliedFacts(record, input, Object.keys(exchangeFacts)) as ExchangeFacts;
  if (title) {
    const { aliases: _, ...texts } = storedNames(title);
    record.title = texts;
    record.sortName = sortKey(nameIn(texts, Language.EN));
  }
  Object.assign(record, columns);
  if (record.partnership !== null) record.underPartnership = true;
  else if (columns.partnership === null && columns.underPartnership === undefined) record.underPartnership = null;
}
