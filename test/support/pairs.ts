import type { Client } from 'pg';
import type { Json } from './calls.js';
import { inputType, recordField } from './calls.js';
import { ask } from './feed.js';

/** A call of a mutation. */
export interface TestCall {
  mutation: string;
  type: string;
  input: Json;
}

const LETTERS = ['a', 'b', 'c'] as const;
type Letter = (typeof LETTERS)[number];
type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** A few records that no other world refers to: two worlds with the same links come to the same by the same calls. */
export class World {
  constructor(readonly tag: string) {}

  organisation = (letter: Letter) => `org-${this.tag}-${letter}`;
  chinese = (letter: Letter) => `cn-${this.tag}-${letter}`;
  dutch = () => `nl-${this.tag}`;
  /** Each with the Chinese authority of its letter; the last one has ended. */
  tie = (letter: Letter) => `tie-${this.tag}-${letter}`;

  /** @param isParent Whether a record refers to that of the next letter: organisations, authorities, ties. */
  async create(client: Client, [organisations, authorities, ties]: readonly boolean[]): Promise<void> {
    const next = (id: (letter: Letter) => string, letter: Letter, links: boolean | undefined) =>
      links && letter !== 'c' ? `'${id(letter === 'a' ? 'b' : 'c')}'` : 'null';
    const values = (row: (letter: Letter) => string) => LETTERS.toReversed().map(row).join(', ');
    const names = `'{"en":"World","aliases":[]}', 'world'`;
    await client.query(`
      insert into organisation (id, kind, names, sort_name, role, contact_points, confidence, parent_id) values ${values(
        it =>
          `('${this.organisation(it)}', 'MINISTRY', ${names}, '{}', '[]', 'UNVERIFIED', ${next(this.organisation, it, organisations)})`,
      )};
      insert into authority (id, country, level, names, sort_name, parent_id) values
        ('${this.dutch()}', 'NL', 'MUNICIPALITY', ${names}, null),
        ${values(it => `('${this.chinese(it)}', 'CN', 'COUNTY', ${names}, ${next(this.chinese, it, authorities)})`)};
      insert into partnership (id, dutch_id, chinese_id, kind, status, started_on, ended_on, status_since, origin, confidence, encouraged_by_id)
        values ${values(it => `('${this.tie(it)}', '${this.dutch()}', '${this.chinese(it)}', 'FRIENDSHIP', ${it === 'c' ? "'ENDED', '1990', '2000', '2000'" : "'ACTIVE', '1990', null, null"}, 'UNKNOWN', 'UNVERIFIED', ${next(this.tie, it, ties)})`)};
      insert into status_period (id, partnership_id, status, from_on) values ${values(it => `('${this.tie(it)}@1990', '${this.tie(it)}', 'ACTIVE', '1990')`)},
        ('${this.tie('c')}@2000', '${this.tie('c')}', 'ENDED', '2000');`);
  }
}

/** Makes a call in a world. Kinds of calls that meet in one rule are made together. */
type Maker = (random: Random) => (world: World) => TestCall;

const existing = (id: string, facts: Json): Json => ({ id, expectedVersion: 1, ...facts });

const reviseOrganisation: Maker = random => {
  const [id, parent] = [pick(random, LETTERS), pick(random, LETTERS)];
  return world => ({
    mutation: 'reviseOrganisation',
    type: 'ReviseOrganisationInput',
    input: existing(world.organisation(id), { parent: world.organisation(parent) }),
  });
};
const reviseAuthority: Maker = random => {
  const [id, other, field] = [pick(random, LETTERS), pick(random, LETTERS), pick(random, ['parent', 'prefecture'])];
  return world => ({
    mutation: 'reviseAuthority',
    type: 'ReviseAuthorityInput',
    input: existing(world.chinese(id), { [field]: world.chinese(other) }),
  });
};
const encourage: Maker = random => {
  const [id, encouragedBy] = [pick(random, LETTERS), pick(random, LETTERS)];
  return world => ({
    mutation: 'revisePartnership',
    type: 'RevisePartnershipInput',
    input: existing(world.tie(id), { encouragedBy: world.tie(encouragedBy) }),
  });
};
const year = (random: Random) => String(1985 + Math.floor(random() * 25));
const changeStatus: Maker = random => {
  const mutation = pick(random, ['markPartnershipDormant', 'renewPartnership', 'endPartnership']);
  const [id, since] = [pick(random, ['b', 'c'] as const), year(random)];
  const type = inputType(mutation);
  return world => ({ mutation, type, input: existing(world.tie(id), { since, reason: 'Test' }) });
};
const moveStart: Maker = random => {
  const [id, startedOn] = [pick(random, ['b', 'c'] as const), year(random)];
  return world => ({
    mutation: 'revisePartnership',
    type: 'RevisePartnershipInput',
    input: existing(world.tie(id), { startedOn }),
  });
};
const recordTie: Maker = random => {
  const [chinese, startedOn] = [pick(random, ['b', 'c'] as const), pick(random, [undefined, year(random), '2001'])];
  return world => ({
    mutation: 'recordPartnership',
    type: 'RecordPartnershipInput',
    input: { kind: 'FRIENDSHIP', dutch: world.dutch(), chinese: world.chinese(chinese), startedOn },
  });
};
const recordOrganisation: Maker = random => {
  const [suffix, key] = [pick(random, ['', ' 2']), pick(random, [undefined, 'key'])];
  return world => ({
    mutation: 'recordOrganisation',
    type: 'RecordOrganisationInput',
    input: {
      kind: 'MINISTRY',
      names: { en: `Same ${world.tag}${suffix}` },
      source: { title: `Source of ${world.tag}`, publisher: 'P' },
      ...(key && { idempotencyKey: `${world.tag} ${key}` }),
    },
  });
};
const withdrawOrganisation: Maker = random => {
  const id = pick(random, LETTERS);
  return world => ({
    mutation: 'withdrawOrganisation',
    type: 'WithdrawOrganisationInput',
    input: existing(world.organisation(id), { reason: 'By mistake' }),
  });
};
const withdrawTie: Maker = random => {
  const id = pick(random, LETTERS);
  return world => ({
    mutation: 'withdrawPartnership',
    type: 'WithdrawPartnershipInput',
    input: existing(world.tie(id), { reason: 'By mistake' }),
  });
};
const PROGRAMME = 'prog-vngi-iurc-china';
const link: Maker = random => {
  const mutation = pick(random, ['linkPartnershipToProgramme', 'unlinkPartnershipFromProgramme']);
  return world => ({
    mutation,
    type: inputType(mutation),
    input: existing(world.tie('a'), { programme: PROGRAMME }),
  });
};

const MEETING: readonly (readonly Maker[])[] = [
  [reviseOrganisation],
  [reviseAuthority],
  [encourage],
  [changeStatus, moveStart, recordTie],
  [recordTie, moveStart],
  [recordOrganisation],
  [link],
  [withdrawOrganisation, reviseOrganisation],
  [withdrawTie, encourage],
];

/** Returns two random calls, as a function of the world in which they are made. */
export function pairOfCalls(random: Random): (world: World) => [TestCall, TestCall] {
  const makers = random() < 0.9 ? pick(random, MEETING) : MEETING.flat();
  const [first, second] = [pick(random, makers)(random), pick(random, makers)(random)];
  return world => [first(world), second(world)];
}

/** Calls a mutation, and returns the code of its refusal, or `WRITTEN`. */
export async function outcome(url: string, { mutation, type, input }: TestCall): Promise<string> {
  const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { ${recordField(mutation)} { id } userErrors { code } } }`;
  const { userErrors } = (await ask(url, query, { input }))[mutation];
  return userErrors[0]?.code ?? 'WRITTEN';
}

/** Returns the facts of a world that calls can change, without the name of the world. */
export async function stateOf(client: Client, { tag }: World): Promise<Json> {
  const queries = [
    'select id, version, parent_id, names from organisation',
    'select id, version, parent_id, prefecture_id from authority',
    'select id, version, status, status_since, started_on, ended_on, encouraged_by_id from partnership',
    'select partnership_id as id, status, from_on from status_period',
    'select partnership_id as id, programme_id from programme_partnership',
    `select c.organisation_id as id, s.title from citation c join source s on s.id = c.source_id where c.organisation_id is not null`,
  ];
  const state: Json[] = [];
  for (const query of queries) {
    const { rows } = await client.query(`select * from (${query}) facts where id ~ $1 order by facts::text`, [
      `-${tag}(-|$)`,
    ]);
    state.push(rows);
  }
  return JSON.parse(JSON.stringify(state).replaceAll(tag, 'world'));
}

/** Finds the records of a table that lead to themselves. */
const cyclesOf = (table: string, columns: string[]) => {
  const links = columns.map(column => `select id, ${column} as next from ${table} where ${column} is not null`);
  return `with recursive link as (${links.join(' union ')}), chain as (
      select id, next from link
      union
      select chain.id, link.next from chain join link on link.id = chain.next)
    select id from chain where id = next`;
};

/** Queries for what must never be stored: each finds nothing. */
export const INVARIANTS: Record<string, string> = {
  'no organisation is part of itself': cyclesOf('organisation', ['parent_id']),
  'no authority lies in itself': cyclesOf('authority', ['parent_id', 'prefecture_id']),
  'no authority succeeds itself': cyclesOf('authority', ['succeeded_by_id']),
  'no tie encourages itself': cyclesOf('partnership', ['encouraged_by_id']),
  'two authorities have no overlapping ties': `select a.id, b.id from partnership a join partnership b
    on a.dutch_id = b.dutch_id and a.chinese_id = b.chinese_id and a.id < b.id
    where coalesce(a.started_day, '') < coalesce(b.ended_day, '~') and coalesce(b.started_day, '') < coalesce(a.ended_day, '~')`,
  'the last period has the status of the tie': `select p.id from partnership p
    cross join lateral (select status from status_period s where s.partnership_id = p.id order by from_day desc limit 1) last
    where last.status <> p.status`,
  'no status begins before the tie': `select p.id from partnership p join status_period s on s.partnership_id = p.id
    where p.id like 'tie-r%' and s.from_day < p.started_day`,
  'a source is stored once': `select title from source group by title, publisher, url, published_on having count(*) > 1`,
};
