import { CURRENT } from '../../graph/sql/moment.js';

/**
 * SQL that closes the versions that the rows differ from, then adds those that lack; of all rows, or with `noted` of those
 * whose keys are noted. With `again`, versions from the same change are deleted instead of closed. The arguments of `format`
 * are those of its caller.
 */
export function writeVersions(noted?: { rows: string; versions: string }): string {
  const { rows, versions } = noted ?? { rows: 'true', versions: 'true' };
  // Versions are found by the keys of their rows: a sum is in no index, and the function of these statements scans no table.
  // Without statistics, as on a new register and inside of a large transaction, PostgreSQL takes few versions to be current
  // or of one change, and would visit all of these. So one plan serves tables of every size, and is made once a session.
  const sum = noted ? ' + 0' : '';
  const [from, until] = [`v.known_from${sum}`, `v.known_until${sum}`];
  const differs = `not exists (select from %3$s t where %4$s and (%8$s) is not distinct from (%9$s))`;
  return `if again then
            delete from %2$s v where ${versions} and ${from} = change and ${until} = ${CURRENT} and ${differs};
          end if;
          update %2$s v set known_until = change where ${versions} and ${until} = ${CURRENT} and ${differs};
          insert into %2$s (%5$s, known_from, known_until) select %5$s, change, ${CURRENT} from %3$s t where ${rows}
            and not exists (select from %2$s v where %4$s and v.known_until = ${CURRENT});`;
}
