/** Pieces of DDL that several tables share. They only ever take constants of ours, never input. */

/** The columns that every record keeps about itself; its id begins with the prefix of its type. */
export function recordColumns(prefix: string): string {
  return `id text collate "C" primary key check (id ~ '^${prefix}(-[a-z0-9]+)+$' and length(id) <= 120),
    version integer not null default 1 check (version > 0),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()`;
}

/** The values of an enum as an SQL list. */
export function listed(values: Record<string, string>): string {
  return Object.values(values)
    .map(value => `'${value}'`)
    .join(', ');
}

/** A check that a column holds a value of an enum. */
export function oneOf(column: string, values: Record<string, string>): string {
  return `check (${column} in (${listed(values)}))`;
}

/** A check that an array column holds values of an enum only. */
export function someOf(column: string, values: Record<string, string>): string {
  return `check (${column} <@ array[${listed(values)}])`;
}

/** `<name>_day`: the earliest day that `<name>_on` can mean, which dates sort and compare by. */
export function dayColumn(name: string): string {
  return `${name}_day text collate "C" generated always as (${name}_on || substr('0000-01-01', length(${name}_on) + 1)) stored`;
}

/** The two indexes a day needs: unknown days above all others, and below. Orders and filters both run on them. */
export function dayIndexes(table: string, ...names: string[]): string[] {
  return names.flatMap(name =>
    [`'~'`, `''`].map(unknown => `create index on ${table} ((coalesce(${name}_day, ${unknown})), id)`),
  );
}
