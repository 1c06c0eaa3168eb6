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

/** A value that the harbour has too. */
@Directive('@shareable')
@ObjectType({ description: 'How large something is.' })
class Dimensions {
  @Field(() => Int, { nullable: true, description: 'In metres.' })
  length?: number;
  @Directive('@inaccessible')
  @Field(() => String, { nullable: true, description: 'For the people of the yard.' })
  unit?: string;
}

@Directive('@key(fields: "number")')
@ObjectType({ description: 'Where ships are built; found by one key.' })
class Yard {
  @Field(() => Int, { description: 'Its number.' })
  number!: number;
  @Field(() => String, { description: 'Its name.' })
  name!: string;
}

@ObjectType({ description: 'A model of ship.' })
class Model {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

/** Somebody whom the people's graph knows. */
@Directive('@key(fields: "email")')
@ObjectType({ description: 'Somebody who sails.' })
class Captain {
  @Field(() => ID, { description: 'Where letters reach them.' })
  email!: string;
  @Directive('@override(from: "people")')
  @Field(() => String, {
    nullable: true,
    description: 'Their name; this graph knows it better than the one of people.',
  })
  name?: string;
  @Directive('@external')
  @Field(() => Int, { nullable: true, description: 'How often they went to sea.' })
  voyages?: number;
  @Directive('@external')
  @Field(() => Int, { description: 'How long they go to sea.' })
  years!: number;
}

@Directive('@custom')
@Directive('@key(fields: "id")')
@Directive('@key(fields: "flag name")')
@Directive('@key(fields: "name model { id }")')
@ObjectType({ description: 'A ship; found by three keys.' })
class Ship {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
  @Field(() => String, { nullable: true, description: 'The state it is of.' })
  flag?: string;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string;
  @Field(() => Model, { nullable: true, description: 'Its model.' })
  model?: Model;
  @Field(() => Dimensions, { nullable: true, description: 'Its size.' })
  dimensions?: Dimensions;
  @Directive('@provides(fields: "voyages")')
  @Field(() => Captain, { nullable: true, description: 'Who sails it.' })
  captain?: Partial<Captain>;
  @Directive('@tag(name: "internal")')
  @Field(() => String, { nullable: true, description: 'What only the yard is told.' })
  notes?: string;
  @Field(() => Yard, { description: 'Where it was built.' })
  yard!: Yard;
  @Field(() => Berth, { nullable: true, description: 'Where it lies.' })
  berth?: Pick<Berth, 'id'>;
}

/** An interface of the harbour, of which this graph knows no types. */
@Directive('@key(fields: "id")')
@Directive('@interfaceObject')
@ObjectType({ description: 'Where a ship lies.' })
class Berth {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
  @Field(() => [Ship], { description: 'What lies there.' })
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
  @Field(() => ID, { description: 'Its id.' })
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
  shipNamed(@Arg('name', () => String, { description: 'Its name.' }) name: string): Ship | null {
    return name === ship.name ? ship : null;
  }
}

@Resolver(() => Captain)
class Captains {
  @Directive('@requires(fields: "voyages years")')
  @FieldResolver(() => Int, { nullable: true, description: 'How often a year they went to sea, times a hundred.' })
  pace(@Root() { email, voyages, years }: Captain): number | null {
    if (email !== captain.email) throw new Error(`Nobody has the address ${email}.`);
    return voyages == null ? null : Math.round((100 * voyages) / years);
  }
}

const custom = new GraphQLDirective({
  name: 'custom',
  description: 'A directive that the larger graph keeps.',
  locations: [DirectiveLocation.OBJECT],
});

/** A graph that uses all that Federation has, made a subgraph by our own builder. */
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
    references: [
      referenceByKey<{ number: number }, unknown>('Yard', 'number', ({ number }) =>
        number === yard.number ? yard : null,
      ),
      referenceByKey<{ id: string }, unknown>('Ship', 'id', ({ id }) => (id === ship.id ? ship : null)),
      referenceByKey<Ship, unknown>('Ship', 'flag name', its =>
        its.flag === ship.flag && its.name === ship.name ? ship : null,
      ),
      referenceByKey<Ship, unknown>('Ship', 'name model { id }', its =>
        its.name === ship.name && its.model?.id === ship.model?.id ? ship : null,
      ),
      // What another graph was asked for on our behalf comes along with the key.
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
