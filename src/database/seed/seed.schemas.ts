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

/** All records that the register begins with, each checked. */
export interface Seeds {
  authorities: AuthoritySeed[];
  organisations: OrganisationSeed[];
  partnerships: PartnershipSeed[];
  programmes: ProgrammeSeed[];
  exchanges: ExchangeSeed[];
}

/** What a record of each file must be; the file is named after the concept, and their order is that of loading. */
export const schemas = {
  authorities: authority,
  organisations: organisation,
  partnerships: partnership,
  programmes: programme,
  exchanges: exchange,
} satisfies { [Concept in keyof Seeds]: z.ZodType<Seeds[Concept][number]> };
