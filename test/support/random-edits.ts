import sql, { raw } from 'sql-template-tag';
import type { Database } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';
import type { Service } from '../../src/server/service.js';
import { ADMIN } from './api.js';
import { brief, type Json, recordField } from './calls.js';

/** Returns a number from 0 to 1, without 1. */
type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const year = (random: Random) => String(1980 + Math.floor(random() * 45));

/** A record as the writer has read it; of another table, its id only. */
interface Candidate {
  id: string;
  version: number;
  names: Json;
}

/** Makes the input of a mutation. `some(table)` is a random record. */
type Edit = (random: Random, some: (table: string) => Promise<Candidate>) => Promise<Json>;

const WORDS = ['Harbour', 'Garden', 'Water', 'Lantern', 'Bridge', 'Porcelain', 'Tulip', 'Dragon', 'River'];
const words = (random: Random) => `${pick(random, WORDS)} ${pick(random, WORDS)} ${Math.floor(random() * 1e6)}`;
const existing = ({ id, version }: Candidate) => ({ id, expectedVersion: version });
const status: Edit = async (random, some) => ({
  ...existing(await some('partnership')),
  since: year(random),
  reason: words(random),
});
const link: Edit = async (_, some) => ({
  ...existing(await some('partnership')),
  programme: (await some('programme')).id,
});

const withdrawal =
  (table: string): Edit =>
  async (random, some) => ({ ...existing(await some(table)), reason: words(random) });

/** An edit of every mutation, by its name. */
const EDITS: Record<string, Edit> = {
  recordAuthority: async random => ({ dutchLevel: 'MUNICIPALITY', names: { nl: words(random), en: words(random) } }),
  reviseAuthority: async (random, some) => {
    const record = await some('authority');
    return {
      ...existing(record),
      names: { ...record.names, en: `${record.names.en.slice(0, 40)} ${pick(random, WORDS)}` },
    };
  },
  recordOrganisation: async random => ({ kind: 'MINISTRY', names: { en: words(random) }, notes: words(random) }),
  reviseOrganisation: async (random, some) => ({
    ...existing(await some('organisation')),
    ...(random() < 0.5
      ? { role: { en: words(random) }, city: pick(random, WORDS) }
      : { names: { en: words(random), zh: '新城', aliases: [words(random)] } }),
  }),
  recordPartnership: async (random, some) => ({
    dutch: (await some(`authority where country = 'NL'`)).id,
    chinese: (await some(`authority where country = 'CN'`)).id,
    kind: 'FRIENDSHIP',
    startedOn: year(random),
  }),
  revisePartnership: async (random, some) => ({
    ...existing(await some('partnership')),
    notes: words(random),
    themes: [pick(random, ['WATER', 'CULTURE', 'HIGH_TECH'])],
    ...(random() < 0.5 ? { lastEvidenceOn: '2025' } : { startedOn: year(random) }),
    confidence: pick(random, ['SOURCED', 'CONFLICTING', 'UNVERIFIED']),
  }),
  markPartnershipDormant: status,
  renewPartnership: status,
  endPartnership: status,
  recordProgramme: async (random, some) => ({
    names: { en: words(random) },
    inVngInternationalPortfolio: random() < 0.5,
    startedOn: year(random),
    organisations: [(await some('organisation')).id],
  }),
  reviseProgramme: async (random, some) => ({
    ...existing(await some('programme')),
    organisations: [(await some('organisation')).id],
    authorities: random() < 0.5 ? [] : [(await some('authority')).id],
    budgetEur: Math.floor(random() * 1e6),
  }),
  linkPartnershipToProgramme: link,
  unlinkPartnershipFromProgramme: link,
  recordExchange: async (random, some) => ({
    kind: 'CULTURAL',
    subkind: pick(random, ['MUSEUM', null]),
    title: { en: words(random) },
    status: pick(random, ['HELD', 'PLANNED']),
    recurring: random() < 0.5,
    startedOn: year(random),
    dutch: (await some(`authority where country = 'NL'`)).id,
    chinese: (await some(`authority where country = 'CN'`)).id,
  }),
  reviseExchange: async (random, some) => ({
    ...existing(await some('exchange')),
    title: { en: words(random) },
    startedOn: year(random),
    endedOn: null,
    ...(random() < 0.3 && { partnership: null, underPartnership: false }),
    ...(random() < 0.3 && { chinese: (await some(`authority where country = 'CN'`)).id }),
  }),
  withdrawExchange: withdrawal('exchange'),
  withdrawPartnership: withdrawal('partnership'),
  withdrawProgramme: withdrawal('programme'),
  withdrawOrganisation: withdrawal('organisation'),
  withdrawAuthority: withdrawal('authority'),
};

/** The mutations of releases that could withdraw exchanges only: their logs do not have the citations of other withdrawals. */
export const OLDER_MUTATIONS = Object.keys(EDITS).filter(
  name => !name.startsWith('withdraw') || name === 'withdrawExchange',
);

/** Writes random edits of a register. */
export class RandomEditor {
  constructor(
    private readonly database: Database,
    private readonly service: Service,
    private readonly random: Random,
    private readonly mutations = Object.keys(EDITS),
  ) {}

  /** Makes edits until one is written, and returns the id of its change. Some are dry runs, and some are refused. */
  async edit(): Promise<void> {
    for (;;) {
      const mutation = pick(this.random, this.mutations);
      const input = await EDITS[mutation]?.(this.random, table => this.#some(table));
      if (this.random() < 0.4)
        input.source = { title: pick(this.random, WORDS), publisher: pick(this.random, WORDS), publishedOn: '2024' };
      const dryRun = this.random() < 0.1;
      const { body } = await (await this.service.apollo.get()).executeOperation(
        { query: brief(mutation), variables: { input: { ...input, dryRun } } },
        { contextValue: this.service.context(ADMIN) },
      );
      const { data, errors } = (body as Json).singleResult;
      if (errors) throw new Error(JSON.stringify({ mutation, input, errors }));
      if (data[mutation][recordField(mutation)] === undefined) throw new Error(`${mutation} has no record.`);
      if (data[mutation].change && !dryRun) return;
    }
  }

  async #some(from: string): Promise<Candidate> {
    const query = sql`select id, version, ${raw(/^exchange|^partnership/.test(from) ? 'null' : 'names')} as names
      from ${raw(from)} order by random() limit 1`;
    return (await queryRows<Candidate>(this.database.em.fork(), query))[0] as Candidate;
  }
}
