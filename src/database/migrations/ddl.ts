/** Fragments of DDL that several tables share. Arguments are constants of the code, never input. */

/** Returns the columns that every record has; the id starts with the prefix of its type. */
export function recordColumns(prefix: string): string {
  return `id text collate "C" primary key check (id ~ '^${prefix}(-[a-z0-9]+)+$' and length(id) <= 120),
    version integer not null default 1 check (version > 0),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()`;
}

/** Returns the values of an enum as an SQL list: `'ACTIVE', 'DORMANT'`. */
export function listed(values: Record<string, string>): string {
  return Object.values(values)
    .map(value => `'${value}'`)
    .join(', ');
}

/** Returns the constraint that a column has a value of an enum: `check (status in (…))`. */
export function oneOf(column: string, values: Record<string, string>): string {
  return `check (${column} in (${listed(values)}))`;
}

/** Returns the constraint that an array column has values of an enum only: `check (themes <@ array[…])`. */
export function someOf(column: string, values: Record<string, string>): string {
  return `check (${column} <@ array[${listed(values)}])`;
}

/** Returns the generated column `<name>_day`: the earliest day of the partial date `<name>_on`, for sorting and comparing. */
export function dayColumn(name: string): string {
  return `${name}_day text collate "C" generated always as (${name}_on || substr('0000-01-01', length(${name}_on) + 1)) stored`;
}

/** Returns two indexes per day column, used by orders and filters: unknown days last (`'~'`), and unknown days first (`''`). */
export function dayIndexes(table: string, ...names: string[]): string[] {
  return names.flatMap(name =>
    [`'~'`, `''`].map(unknown => `create index on ${table} ((coalesce(${name}_day, ${unknown})), id)`),
  );
}

/** Returns PL/pgSQL that repeats grants for each role, other than the owner, that has a right on the log; its block declares `grantee name`. */
export const forRoles = (privilege: string, ...grants: string[]) => `
  for grantee in select distinct pg_get_userbyid(acl.grantee) from pg_class, aclexplode(relacl) acl
    where pg_class.oid = 'change'::regclass and privilege_type = '${privilege}' and acl.grantee not in (0, relowner)
  loop
    ${grants.map(grant => `execute format('grant ${grant} to %I', grantee);`).join('\n    ')}
  end loop;`;
