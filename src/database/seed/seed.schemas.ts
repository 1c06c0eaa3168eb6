import type { z } from 'zod';
import { authority } from './schemas/authority.js';
import { exchange } from './schemas/exchange.js';
import { organisation } from './schemas/organisation.js';
import { partnership } from './schemas/partnership.js';
import { programme } from './schemas/programme.js';

export type { SourceSeed } from './seed.fields.js';

export type AuthoritySeed = z.infer<typeof authority>;
export type OrganisationSeed = z.infer<typeof organisation>;
export type PartnershipSeed = z.infer<typeof partnership>;
export type ProgrammeSeed = z.infer<typeof programme>;
export type ExchangeSeed = z.infer<typeof exchange>;

/** All records of the initial data, validated. */
export interface Seeds {
  authorities: AuthoritySeed[];
  organisations: OrganisationSeed[];
  partnerships: PartnershipSeed[];
  programmes: ProgrammeSeed[];
  exchanges: ExchangeSeed[];
}

/** Schemas by concept, in the order of loading. Each file is named after its concept. */
export const schemas = {
  authorities: authority,
  organisations: organisation,
  partnerships: partnership,
  programmes: programme,
  exchanges: exchange,
} satisfies { [Concept in keyof Seeds]: z.ZodType<Seeds[Concept][number]> };
