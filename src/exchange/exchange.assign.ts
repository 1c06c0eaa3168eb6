import { mustBeOnSide, SIDES } from '../authority/sides.js';
import { givenFacts, mustExist, storedNames } from '../change/facts.js';
import { refuse, UserErrorCode } from '../change/payload.js';
import { checkPeriod } from '../change/period.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/names.js';
import { sortKey } from '../graph/text.js';
import { Partnership } from '../partnership/partnership.js';
import { type ExchangeFacts, facts, required } from './exchange.input.js';
import type { Exchange } from './exchange.js';

/** Puts facts on a record, and checks that it fits the tie it was held under. */
export async function assign(em: Context['em'], record: Exchange, input: ExchangeFacts): Promise<void> {
  const { title, ...columns } = givenFacts(input, Object.keys(facts), required) as ExchangeFacts;
  if (title) {
    const { aliases, ...texts } = storedNames(title, 'title');
    if (aliases?.length) throw refuse(UserErrorCode.INVALID, 'title.aliases', 'A title has no aliases.');
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
    await mustExist(em, 'authority', [id], field);
  }
  if (columns.programme != null) await mustExist(em, 'programme', [columns.programme], 'programme');
  await fitTie(em, record, columns);
}

async function fitTie(
  em: Context['em'],
  record: Exchange,
  { partnership, underPartnership }: ExchangeFacts,
): Promise<void> {
  if (record.partnership === null) {
    // Taken from under its tie, it is unclear again whether it was held under one, unless the call says.
    if (partnership === null && underPartnership === undefined) record.underPartnership = null;
    if (record.underPartnership)
      throw refuse(
        UserErrorCode.INVALID,
        'underPartnership',
        'underPartnership is true only together with partnership.',
      );
    return;
  }
  if (underPartnership === false || underPartnership === null) {
    throw refuse(
      UserErrorCode.INVALID,
      'underPartnership',
      'An exchange with a partnership was held under it; clear partnership as well.',
    );
  }
  record.underPartnership = true;
  const tie = await em.findOne(Partnership, record.partnership);
  if (!tie)
    throw refuse(UserErrorCode.NOT_FOUND, 'partnership', `There is no such partnership: ${record.partnership}.`);
  if (tie.dutch !== record.dutch || tie.chinese !== record.chinese) {
    throw refuse(
      UserErrorCode.INVALID,
      'partnership',
      `The sides of ${tie.id} are ${tie.dutch} and ${tie.chinese}; those of the exchange are ${record.dutch} and ${record.chinese}.`,
    );
  }
}
