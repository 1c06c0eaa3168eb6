import type { Incoming, SeedRecord } from '../seed.record.js';
import type { ExchangeSeed, PartnershipSeed } from '../seed.schemas.js';

/** Checks that an exchange under a partnership has its two sides, and that `underPartnership` agrees. */
export function checkExchanges({ exchanges, partnerships }: Incoming): void {
  const partnershipsById = new Map((partnerships ?? []).map(record => [record.fields.id, record]));
  for (const exchange of exchanges ?? []) {
    const { partnership, underPartnership } = exchange.fields;
    if (partnership === undefined) continue;
    if (underPartnership !== undefined && (underPartnership === true) !== (partnership !== null)) {
      exchange.report('underPartnership', 'must be true if and only if partnership is set', underPartnership);
    }
    const parent = partnership === null ? undefined : partnershipsById.get(partnership);
    if (parent) checkSides(exchange, parent);
  }
}

function checkSides(exchange: SeedRecord<ExchangeSeed>, parent: SeedRecord<PartnershipSeed>): void {
  // An invalid side is already reported; here it would be reported again for each exchange under the partnership.
  if ([exchange, parent].some(record => record.hasProblem('dutch') || record.hasProblem('chinese'))) return;
  const { dutch, chinese, partnership } = exchange.fields;
  if (dutch === parent.fields.dutch && chinese === parent.fields.chinese) return;
  const rule = `an exchange must have the sides of its partnership, ${parent.fields.dutch} and ${parent.fields.chinese}`;
  exchange.report('partnership', rule, partnership);
}
