import { checkAuthorities } from './checks/authorities.js';
import { checkCycles } from './checks/cycles.js';
import { checkEnds } from './checks/ends.js';
import { checkExchanges } from './checks/exchanges.js';
import { checkReferences } from './checks/references.js';
import { checkTies } from './checks/ties.js';
import { checkUnique } from './checks/unique.js';
import type { Incoming } from './seed.record.js';

/** Checks what no schema of one field can see, within a record and between records; each reports on the records. */
export function check(incoming: Incoming): void {
  checkUnique(incoming);
  checkReferences(incoming);
  checkCycles(incoming);
  checkAuthorities(incoming);
  checkEnds(incoming);
  checkTies(incoming);
  checkExchanges(incoming);
}
