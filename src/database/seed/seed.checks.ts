import { checkAuthorities } from './checks/authorities.js';
import { checkCycles } from './checks/cycles.js';
import { checkEnds } from './checks/ends.js';
import { checkExchanges } from './checks/exchanges.js';
import { checkPartnerships } from './checks/partnerships.js';
import { checkReferences } from './checks/references.js';
import { checkTextLengths } from './checks/texts.js';
import { checkUnique } from './checks/unique.js';
import type { Incoming } from './seed.record.js';

/** Runs the checks across fields and records, which schemas cannot express. Each reports problems on the records. */
export function check(incoming: Incoming): void {
  checkTextLengths(incoming);
  checkUnique(incoming);
  checkReferences(incoming);
  checkCycles(incoming);
  checkAuthorities(incoming);
  checkEnds(incoming);
  checkPartnerships(incoming);
  checkExchanges(incoming);
}
