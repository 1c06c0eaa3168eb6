import { CURRENT } from '../../graph/sql/moment.js';

/**
 * SQL that closes the versions that the rows differ from, then adds those that lack. With `again`, versions from the same
 * change are deleted instead of closed. The arguments of `format` are those of its caller.
 */
export function writeVersions(rows: string, versions: string): string {
  return `if again then
            delete from %2$s v where ${versions} and v.known_from = change and v.known_until = ${CURRENT}
              and not exists (select from %3$s t where %4$s and (%8$s) is not distinct from (%9$s));
          end if;
          update %2$s v set known_until = change where ${versions} and v.known_until = ${CURRENT}
            and not exists (select from %3$s t where %4$s and (%8$s) is not distinct from (%9$s));
          insert into %2$s (%5$s, known_from, known_until) select %5$s, change, ${CURRENT} from %3$s t where ${rows}
            and not exists (select from %2$s v where %4$s and v.known_until = ${CURRENT});`;
}
