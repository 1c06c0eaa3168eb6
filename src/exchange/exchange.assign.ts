import { mustBeOnSide, SIDES } from '../authority/sides.js';
import { requireExisting, storedNames, suppliedFacts } from '../change/facts.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { checkPeriod } from '../change/period.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { Partnership } from '../partnership/partnership.js';
import { type ExchangeFacts, exchangeFacts, requiredExchangeFacts } from './exchange.input.js';
import type { Exchange } from './exchange.js';

/** Assigns the supplied fields to a record and checks them against its partnership. */
export async function assignExchange(em: Context['em'], record: Exchange, input: ExchangeFacts): Promise<void> {
  const { title, ...columns } = suppliedFacts(
    input,
    Object.keys(exchangeFacts),
    requiredExchangeFacts,
  ) as ExchangeFacts;
  if (title) {
    const { aliases, ...texts } = storedNames(title, 'title');
    if (aliases?.length) throw rejectField(UserErrorCode.INVALID, 'title.aliases', 'title must not have aliases.');
    record.title = texts;
    record.sortName = sortKey(nameIn(texts, Language.EN));
  }
  Object.assign(record, columns);
  checkPeriod(record);
  for (const side of SIDES) {
    const [field] = side;
    const id = columns[field];
    if (id == null) continue;
    mustBeOnSide(side, id);
    await requireExisting(em, 'authority', [id], field);
  }
  if (columns.programme != null) await requireExisting(em, 'programme', [columns.programme], 'programme');
  await checkPartnership(em, record, columns);
}

async function checkPartnership(
  em: Context['em'],
  record: Exchange,
  { partnership: id, underPartnership }: ExchangeFacts,
): Promise<void> {
  if (record.partnership === null) {
    // Clearing the partnership makes `underPartnership` unclear again, unless the call sets it.
    if (id === null && underPartnership === undefined) record.underPartnership = null;
    if (record.underPartnership)
      throw rejectField(
        UserErrorCode.INVALID,
        'underPartnership',
        'underPartnership can be true only if partnership is set.',
      );
    return;
  }
  if (underPartnership === false || underPartnership === null) {
    throw rejectField(
      UserErrorCode.INVALID,
      'underPartnership',
      'underPartnership must be true while partnership is set; clear partnership as well.',
    );
  }
  record.underPartnership = true;
  const partnership = await em.findOne(Partnership, record.partnership);
  if (!partnership)
    throw rejectField(UserErrorCode.NOT_FOUND, 'partnership', `There is no such partnership: ${record.partnership}.`);
  if (partnership.dutch !== record.dutch || partnership.chinese !== record.chinese) {
    throw rejectField(
      UserErrorCode.INVALID,
      'partnership',
      `The sides of ${partnership.id} are ${partnership.dutch} and ${partnership.chinese}; the sides of the exchange are ${record.dutch} and ${record.chinese}.`,
    );
  }
}
