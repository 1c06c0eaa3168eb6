// PostGraphile 5 as its documentation recommends it for production: the amber preset, grafserv on node:http, prepared
// statements on, no GraphiQL, no explain; with the connection filter, and the order that our index serves.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { addPgTableCondition, addPgTableOrderBy, orderByAscDesc } from 'postgraphile/utils';
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter';
import { databaseUrl, port } from './settings.mjs';

/** `orderBy: [START_ASC]`: unknown days last, by the expression that is indexed. */
const byStart = table =>
  addPgTableOrderBy({ schemaName: 'public', tableName: table }, ({ sql, dataplanPg: { TYPES } }) =>
    orderByAscDesc('START', $select => ({
      fragment: sql`coalesce(${$select.alias}.started_day, '~')`,
      codec: TYPES.text,
    })),
  );

/** `condition: { within }`: the Dutch side is this authority, or lies in it. */
const within = addPgTableCondition(
  { schemaName: 'public', tableName: 'partnership' },
  'within',
  ({ sql, graphql: { GraphQLString }, dataplanPg: { sqlValueWithCodec, TYPES } }) => ({
    type: GraphQLString,
    apply($condition, province) {
      $condition.where(sql`${$condition.alias}.dutch_id in (
        with recursive inside as (
          select id from authority where id = ${sqlValueWithCodec(province, TYPES.text)}
          union
          select below.id from authority below join inside on below.parent_id = inside.id or below.prefecture_id = inside.id)
        select id from inside)`);
    },
  }),
);

const preset = {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  plugins: [...['partnership', 'exchange'].map(byStart), within],
  pgServices: [makePgService({ connectionString: databaseUrl, schemas: ['public'], poolConfig: { max: 10 } })],
  grafserv: { graphiql: false, websockets: false, watch: false, maxRequestLength: 1_000_000 },
  grafast: { explain: false },
};

const instance = postgraphile(preset);
const serv = instance.createServ(grafserv);
const server = createServer();
await serv.addTo(server);
server.listen(port, '127.0.0.1');
