import type { Incoming, SeedRecord } from '../seed.record.js';
import type { ExchangeSeed, PartnershipSeed } from '../seed.schemas.js';

/** An exchange under a tie is one of the two that the tie joins, and says that it was held under it. */
export function checkExchanges({ exchanges, partnerships }: Incoming): void {
  const ties = new Map((partnerships ?? []).map(tie => [tie.fields.id, tie]));
  for (const exchange of exchanges ?? []) {
    const { partnership, underPartnership } = exchange.fields;
    if (partnership === undefined) continue;
    if (underPartnership !== undefined && (underPartnership === true) !== (partnership !== null)) {
      exchange.report('underPartnership', 'it is true exactly where partnership is given', underPartnership);
    }
    const tie = partnership === null ? undefined : ties.get(partnership);
    if (tie) checkSides(exchange, tie);
  }
}

function checkSides(exchange: SeedRecord<ExchangeSeed>, tie: SeedRecord<PartnershipSeed>): void {
  // A side that is wrong by itself would be reported again here, once for each exchange under the tie.
  if ([exchange, tie].some(record => record.hasProblem('dutch') || record.hasProblem('chinese'))) return;
  const { dutch, chinese, partnership } = exchange.fields;
  if (dutch === tie.fields.dutch && chinese === tie.fields.chinese) return;
  const rule = `the sides of an exchange are its tie's, ${tie.fields.dutch} and ${tie.fields.chinese}`;
  exchange.report('partnership', rule, partnership);
}
