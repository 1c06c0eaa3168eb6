import 'reflect-metadata';
import { DirectiveLocation, GraphQLDirective, type GraphQLSchema, specifiedDirectives } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  buildSchema,
  Directive,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { referenceByKey } from '../../../src/federation/reference.js';
import { asSubgraph } from '../../../src/federation/subgraph.js';
import { applyDirective } from '../../../src/graph/schema/directives.js';

/** Value type that the harbour also defines. */
@Directive('@shareable')
@ObjectType({ description: 'Dimensions of an object.' })
class Dimensions {
  @Field(() => Int, { nullable: true, description: 'In metres.' })
  length?: number;
  @Directive('@inaccessible')
  @Field(() => String, { nullable: true, description: 'Unit, for the yard.' })
  unit?: string;
}

@Directive('@key(fields: "number")')
@ObjectType({ description: 'Shipyard; has one key.' })
class Yard {
  @Field(() => Int, { description: 'Number.' })
  number!: number;
  @Field(() => String, { description: 'Name.' })
  name!: string;
}

@ObjectType({ description: 'Model of a ship.' })
class Model {
  @Field(() => ID, { description: 'Id.' })
  id!: string;
}

/** Entity of the graph of people. */
@Directive('@key(fields: "email")')
@ObjectType({ description: 'Captain of a ship.' })
class Captain {
  @Field(() => ID, { description: 'Email address.' })
  email!: string;
  @Directive('@override(from: "people")')
  @Field(() => String, {
    nullable: true,
    description: 'Name; overrides the one of the graph of people.',
  })
  name?: string;
  @Directive('@external')
  @Field(() => Int, { nullable: true, description: 'Number of voyages.' })
  voyages?: number;
  @Directive('@external')
  @Field(() => Int, { description: 'Years at sea.' })
  years!: number;
}

@Directive('@custom')
@Directive('@key(fields: "id")')
@Directive('@key(fields: "flag name")')
@Directive('@key(fields: "name model { id }")')
@ObjectType({ description: 'Ship; has three keys.' })
class Ship {
  @Field(() => ID, { description: 'Id.' })
  id!: string;
  @Field(() => String, { nullable: true, description: 'Flag state.' })
  flag?: string;
  @Field(() => String, { nullable: true, description: 'Name.' })
  name?: string;
  @Field(() => Model, { nullable: true, description: 'Model.' })
  model?: Model;
  @Field(() => Dimensions, { nullable: true, description: 'Dimensions.' })
  dimensions?: Dimensions;
  @Directive('@provides(fields: "voyages")')
  @Field(() => Captain, { nullable: true, description: 'Captain.' })
  captain?: Partial<Captain>;
  @Directive('@tag(name: "internal")')
  @Field(() => String, { nullable: true, description: 'Notes for the yard.' })
  notes?: string;
  @Field(() => Yard, { description: 'Shipyard that built it.' })
  yard!: Yard;
  @Field(() => Berth, { nullable: true, description: 'Berth.' })
  berth?: Pick<Berth, 'id'>;
}

/** Interface of the harbour, whose object types are unknown here. */
@Directive('@key(fields: "id")')
@Directive('@interfaceObject')
@ObjectType({ description: 'Berth of ships.' })
class Berth {
  @Field(() => ID, { description: 'Id.' })
  id!: string;
  @Field(() => [Ship], { description: 'Ships at the berth.' })
  ships!: Ship[];
}

const yard: Yard = { number: 7, name: 'De Hoop' };
const captain = { email: 'zheng@example.org', name: 'Zheng He', voyages: 7, years: 28 };
const ship: Ship = {
  id: 'batavia',
  flag: 'NL',
  name: 'Batavia',
  model: { id: 'retourschip' },
  dimensions: { length: 57, unit: 'm' },
  captain: { email: captain.email, voyages: captain.voyages },
  notes: 'leaks',
  yard,
  berth: { id: 'dock-1' },
};

@ArgsType()
class ShipArgs {
  @Directive('@tag(name: "by-id")')
  @Field(() => ID, { description: 'Id.' })
  id!: string;
}

@Resolver()
class Ships {
  @Query(() => Ship, { nullable: true, description: 'One ship.' })
  ship(@Args(() => ShipArgs) { id }: ShipArgs): Ship | null {
    return id === ship.id ? ship : null;
  }
  @Directive('@tag(name: "internal")')
  @Query(() => Ship, { nullable: true, description: 'One ship, by name.', deprecationReason: 'See ship.' })
  shipNamed(@Arg('name', () => String, { description: 'Name.' }) name: string): Ship | null {
    return name === ship.name ? ship : null;
  }
}

@Resolver(() => Captain)
class Captains {
  @Directive('@requires(fields: "voyages years")')
  @FieldResolver(() => Int, { nullable: true, description: 'Voyages per year, times 100.' })
  pace(@Root() { email, voyages, years }: Captain): number | null {
    if (email !== captain.email) throw new Error(`Nobody has the address ${email}.`);
    return voyages == null ? null : Math.round((100 * voyages) / years);
  }
}

const custom = new GraphQLDirective({
  name: 'custom',
  description: 'A directive that is composed into the supergraph.',
  locations: [DirectiveLocation.OBJECT],
});

/** Returns a subgraph that uses every feature of Federation, built by `asSubgraph`. */
export async function shipsSubgraph(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [Ships, Captains],
    orphanedTypes: [Berth],
    directives: [...specifiedDirectives, custom],
    validate: false,
  });
  const { ship: field } = schema.getQueryType()?.getFields() ?? {};
  if (field) applyDirective(field, '@tag(name: "public")');
  return asSubgraph<unknown>(schema, {
    links: [{ url: 'https://example.org/specs/custom/v1.0', import: ['@custom'] }],
    compose: ['@custom'],
    typeOf: (record: object) =>
      'number' in record ? 'Yard' : 'email' in record ? 'Captain' : 'ships' in record ? 'Berth' : 'Ship',
    references: [
      referenceByKey<{ number: number }, unknown>('Yard', 'number', ({ number }) =>
        number === yard.number ? yard : null,
      ),
      referenceByKey<{ id: string }, unknown>('Ship', 'id', ({ id }) => (id === ship.id ? ship : null)),
      referenceByKey<Ship, unknown>('Ship', 'flag name', key =>
        key.flag === ship.flag && key.name === ship.name ? ship : null,
      ),
      referenceByKey<Ship, unknown>('Ship', 'name model { id }', key =>
        key.name === ship.name && key.model?.id === ship.model?.id ? ship : null,
      ),
      // The fields of `@requires`, fetched from another graph by the router, come with the key.
      referenceByKey<{ email: string }, unknown>('Captain', 'email', ({ email }, _, { voyages, years }) => ({
        email,
        name: email === captain.email ? captain.name : null,
        voyages,
        years,
      })),
      referenceByKey<{ id: string }, unknown>('Berth', 'id', ({ id }) => ({
        id,
        ships: ship.berth?.id === id ? [ship] : [],
      })),
    ],
  });
}
