import { Field, ID, InputType } from 'type-graphql';
import {
  ExistingInput,
  factsInput,
  NamesInput,
  type WritableFacts,
  WriteInput,
  withdrawalInput,
} from '../change/input.js';
import type { PayloadRecord } from '../change/payload.js';
import { Latitude, Longitude } from '../graph/types/degrees.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { ChineseAuthorityLevel, DutchAuthorityLevel } from './authority.enums.js';
import { Authority } from './authority.js';

@InputType({ description: 'Geographical position, in degrees (WGS 84).' })
export class CoordinatesInput {
  @Field(() => Latitude, { description: 'Latitude: degrees north of the equator.' })
  latitude!: number;
  @Field(() => Longitude, { description: 'Longitude: degrees east of Greenwich.' })
  longitude!: number;
}

export const authorityFacts: WritableFacts = {
  names: [() => NamesInput, 'The names, by language.'],
  dutchLevel: [() => DutchAuthorityLevel, 'The level of a Dutch authority.'],
  chineseLevel: [() => ChineseAuthorityLevel, 'The level of a Chinese authority.'],
  code: [() => String, 'CBS code (GM0599, PV30) or GB/T 2260 code (six digits).'],
  parent: [() => ID, 'Id of the province (or equivalent) that the authority belongs to.'],
  prefecture: [() => ID, 'Id of the prefecture-level city that a Chinese district or county-level city belongs to.'],
  location: [() => CoordinatesInput, 'Geographical position.'],
  wikidataId: [() => String, 'Item in Wikidata, such as Q34370.'],
  dissolvedOn: [() => PartialDate, 'Date of dissolution, for example by a merger.'],
  succeededBy: [() => ID, 'Id of the authority that this one became part of, for example by a merger.'],
};
export const requiredAuthorityFacts = ['names', 'dutchLevel', 'chineseLevel'];

export interface AuthorityFacts {
  names?: NamesInput;
  dutchLevel?: DutchAuthorityLevel;
  chineseLevel?: ChineseAuthorityLevel;
  code?: string | null;
  parent?: string | null;
  prefecture?: string | null;
  location?: CoordinatesInput | null;
  wikidataId?: string | null;
  dissolvedOn?: string | null;
  succeededBy?: string | null;
}

export const RecordAuthorityInput = factsInput(
  'RecordAuthorityInput',
  'Fields of a new authority. Exactly one of `dutchLevel` and `chineseLevel` is required and decides the country.',
  WriteInput,
  authorityFacts,
  ['names'],
);
export const ReviseAuthorityInput = factsInput(
  'ReviseAuthorityInput',
  'Changes to an authority: omitted fields stay unchanged, null clears a field.',
  ExistingInput,
  authorityFacts,
);

export const WithdrawAuthorityInput = withdrawalInput('Authority');

export const authorityPayload: PayloadRecord = { field: 'authority', type: () => Authority as never };
export const withdrawalPayload: PayloadRecord = { ...authorityPayload, withdrawnId: 'withdrawnAuthorityId' };
