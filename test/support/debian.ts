import { existsSync, readdirSync } from 'node:fs';

/** Folder of the newest PostgreSQL programs of Debian: `pg_dump` must have the version of the server. */
export const debianBin: string | undefined = existsSync('/usr/lib/postgresql')
  ? readdirSync('/usr/lib/postgresql')
      .toSorted((a, b) => Number(b) - Number(a))
      .map(version => `/usr/lib/postgresql/${version}/bin`)
      .find(path => existsSync(`${path}/pg_dump`) && existsSync(`${path}/initdb`))
  : undefined;
