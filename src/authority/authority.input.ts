import { GraphQLLatitude, GraphQLLongitude } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { ExistingInput, factsInput, NamesInput, type WritableFacts, WriteInput } from '../change/input.js';
import { payloadType } from '../change/payload.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { ChineseAuthorityLevel, DutchAuthorityLevel } from './authority.enums.js';
import { Authority } from './authority.js';

@InputType({ description: 'Where something lies, in degrees (WGS 84).' })
export class CoordinatesInput {
  @Field(() => GraphQLLatitude, { description: 'Degrees north of the equator.' })
  latitude!: number;
  @Field(() => GraphQLLongitude, { description: 'Degrees east of Greenwich.' })
  longitude!: number;
}

export const facts: WritableFacts = {
  names: [() => NamesInput, 'All its names.'],
  dutchLevel: [() => DutchAuthorityLevel, 'What kind of government a Dutch one is.'],
  chineseLevel: [() => ChineseAuthorityLevel, 'What kind of government a Chinese one is.'],
  code: [() => String, 'Its CBS code (GM0599, PV30) or its GB/T 2260 code (six digits).'],
  parent: [() => ID, 'The province, or its equal, that it lies in.'],
  prefecture: [() => ID, 'The prefecture-level city that a Chinese district or county-level city belongs to.'],
  location: [() => CoordinatesInput, 'Where it lies.'],
  wikidataId: [() => String, 'Its item in Wikidata, such as Q34370.'],
  dissolvedOn: [() => PartialDate, 'When it ceased to be.'],
};

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
}

export const RecordAuthorityInput = factsInput(
  'RecordAuthorityInput',
  'A new authority: exactly one of dutchLevel and chineseLevel says which side it stands on.',
  WriteInput,
  facts,
  ['names'],
);
export const ReviseAuthorityInput = factsInput(
  'ReviseAuthorityInput',
  'Facts of an authority: what is left out stays, null clears.',
  ExistingInput,
  facts,
);

export const AuthorityPayload = payloadType('Authority', 'authority', () => Authority as never);
