import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, type Ask } from './api.js';
import { brief, type Json } from './calls.js';

type Random = () => number;

/** A record to edit, and the version that a call expects. */
interface Target {
  id: string;
  version: number;
}

/** A random call: null if the register has no record that it could be made on. */
type Maker = (
  tools: { one: (query: Sql) => Promise<Json>; pick: <T>(from: readonly T[]) => T; chance: (share: number) => boolean },
  turn: number,
) => Promise<{ mutation: string; input: Json } | null>;

const YEARS = ['1990', '1995-06', '1999-01-02', '2004', '2010-10-10', '2015', '2019-03', '2024'];
const NAMES = ['Zuiderburg', 'Noordwaard', 'Haven van Nu', 'Qingshan', 'Riverford', 'Oudeland'];
const OF = {
  authority: sql`select id, version from authority order by random() limit 1`,
  organisation: sql`select id, version from organisation order by random() limit 1`,
  partnership: sql`select id, version from partnership order by random() limit 1`,
  programme: sql`select id, version from programme order by random() limit 1`,
  exchange: sql`select id, version from exchange order by random() limit 1`,
};
/** Records that others are found by, so that a new name changes their search documents. */
const SIDE = sql`select id, version from authority where id in (
  select unnest(array[dutch_id, chinese_id]) from partnership union select authority_id from programme_authority) order by random() limit 1`;
const PARTNER = sql`select id, version from organisation where id in (
  select organisation_id from programme_organisation) order by random() limit 1`;

const existing = ({ id, version }: Target, facts: object) => ({ id, expectedVersion: version, ...facts });
const names = (name: string, turn: number) => ({ en: `${name} ${turn}`, zh: '新城', aliases: [`${name} alias`] });

/** Every mutation, those that change records of several tables more often. */
const makers: Maker[] = [
  async ({ one, pick }, turn) => ({
    mutation: 'reviseAuthority',
    input: existing(await one(SIDE), { names: names(pick(NAMES), turn) }),
  }),
  async ({ one, pick }, turn) => ({
    mutation: 'reviseOrganisation',
    input: existing(await one(PARTNER), { names: names(pick(NAMES), turn) }),
  }),
  async ({ one }, turn) => ({
    mutation: 'reviseAuthority',
    input: existing(await one(OF.authority), { wikidataId: `Q${turn + 1}` }),
  }),
  async ({ pick }, turn) => ({
    mutation: 'recordOrganisation',
    input: { kind: 'MINISTRY', names: { en: `${pick(NAMES)} office ${turn}` }, city: 'Delft' },
  }),
  async (_, turn) => ({
    mutation: 'recordAuthority',
    input: { dutchLevel: 'MUNICIPALITY', names: { nl: `Gemeente ${turn}`, en: `Town ${turn}` } },
  }),
  async ({ one, pick }) => ({
    mutation: 'revisePartnership',
    input: existing(await one(OF.partnership), { startedOn: pick(YEARS) }),
  }),
  async ({ one, pick }, turn) => ({
    mutation: 'revisePartnership',
    input: existing(await one(OF.partnership), { notes: `${pick(NAMES)} noted ${turn}`, themes: ['WATER'] }),
  }),
  async ({ one, pick }) => ({
    mutation: pick(['markPartnershipDormant', 'renewPartnership', 'endPartnership']),
    input: existing(
      await one(sql`select id, version from partnership where status <> 'ENDED' order by random() limit 1`),
      {
        since: pick(YEARS),
        reason: 'Decided',
      },
    ),
  }),
  async ({ one, pick }) => {
    const sides = await one(sql`select d.id as dutch, c.id as chinese from authority d, authority c
      where d.country = 'NL' and c.country = 'CN' and d.level = 'MUNICIPALITY' order by random() limit 1`);
    return { mutation: 'recordPartnership', input: { ...sides, kind: 'FRIENDSHIP', startedOn: pick(YEARS) } };
  },
  async ({ one }) => {
    const link = await one(sql`select t.id, t.version, p.id as programme from partnership t, programme p
      where not exists (select from programme_partnership l where l.partnership_id = t.id and l.programme_id = p.id) order by random() limit 1`);
    return {
      mutation: 'linkPartnershipToProgramme',
      input: existing(link, { programme: link.programme }),
    };
  },
  async ({ one }) => {
    const link = await one(sql`select t.id, t.version, l.programme_id as programme from partnership t
      join programme_partnership l on l.partnership_id = t.id order by random() limit 1`);
    return (
      link && {
        mutation: 'unlinkPartnershipFromProgramme',
        input: existing(link, { programme: link.programme }),
      }
    );
  },
  async ({ one, pick }, turn) => ({
    mutation: 'recordProgramme',
    input: {
      names: { en: `${pick(NAMES)} programme ${turn}` },
      organisations: [(await one(OF.organisation)).id],
      authorities: [(await one(SIDE)).id],
    },
  }),
  async ({ one, pick }) => ({
    mutation: 'reviseProgramme',
    input: existing(await one(OF.programme), {
      organisations: [(await one(PARTNER)).id, (await one(OF.organisation)).id],
      authorities: pick([[], [(await one(SIDE)).id]]),
    }),
  }),
  async ({ one, pick }, turn) => ({
    mutation: 'recordExchange',
    input: {
      kind: 'GOVERNANCE',
      status: 'HELD',
      title: { en: `${pick(NAMES)} visit ${turn}`, nl: 'Bezoek' },
      dutch: (await one(sql`select id from authority where country = 'NL' order by random() limit 1`)).id,
      startedOn: pick(YEARS),
    },
  }),
  async ({ one }) => ({
    mutation: 'reviseExchange',
    input: existing(
      await one(sql`select id, version from exchange where partnership_id is null order by random() limit 1`),
      {
        chinese: (await one(sql`select id from authority where country = 'CN' order by random() limit 1`)).id,
      },
    ),
  }),
  async ({ one, pick }) => ({
    mutation: 'reviseExchange',
    input: existing(await one(OF.exchange), { description: `About ${pick(NAMES)}` }),
  }),
  async ({ one }) => ({
    mutation: 'withdrawExchange',
    input: existing(await one(OF.exchange), { reason: 'Recorded by mistake' }),
  }),
];

/**
 * Makes so many random changes, one after the other: those that a rule refuses are made otherwise.
 *
 * @param onChange Called after each change with its id, and awaited.
 * @returns The number of changes by mutation.
 */
export async function editAtRandom(
  { em }: Database,
  ask: Ask,
  random: Random,
  changes: number,
  onChange: (id: number) => unknown = () => undefined,
): Promise<Record<string, number>> {
  const fork = em.fork();
  const one = async (query: Sql) => (await queryRows<Json>(fork, query))[0];
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chance = (share: number) => random() < share;
  const made: Record<string, number> = {};
  await one(sql`select setseed(${random()})`);
  for (let turn = 0, left = changes; left > 0; turn += 1) {
    if (turn > 20 * changes) throw new Error(`Of ${turn} calls only ${changes - left} were accepted.`);
    const call = await pick(makers)({ one, pick, chance }, turn);
    if (!call) continue;
    const { mutation } = call;
    const source = chance(0.5) && {
      source: {
        title: `Besluit ${turn % 7}`,
        publisher: pick(NAMES),
        url: 'https://besluit.example/',
        publishedOn: '2025',
      },
    };
    const { data, errors } = await ask(brief(mutation), { input: { ...call.input, ...source } }, ADMIN);
    if (errors) throw new Error(JSON.stringify(errors));
    if (!data[mutation].change) continue;
    left -= 1;
    made[mutation] = (made[mutation] ?? 0) + 1;
    await onChange((await one(sql`select max(id) as id from change`)).id);
  }
  return made;
}
