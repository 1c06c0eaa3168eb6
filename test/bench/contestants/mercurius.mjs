// Mercurius 16 on Fastify 5 with graphql-jit, as somebody who knows it would write it by hand: only the columns that the
// schema shows, named prepared statements, one statement a level by loaders, `first` of a nested list in SQL. Its own
// loaders are one a field, so they ask for the Dutch and the Chinese sides apart; `--shared` puts a DataLoader of both in
// their place.
import DataLoader from 'dataloader';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import pg from 'pg';
import { databaseUrl, port } from './settings.mjs';

const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const query = async (name, text, values) => (await pool.query({ name, text, values })).rows;

const schema = `
  enum Language { NL EN ZH PINYIN }
  enum PartnershipStatus { ACTIVE DORMANT ENDED UNKNOWN }
  enum PartnershipDimension { STARTED_DECADE STATUS }
  type Authority { id: ID! name(language: Language! = EN): String! partnerships(first: Int! = 20): PartnershipConnection! }
  type Programme { id: ID! name(language: Language! = EN): String! }
  type ProgrammeConnection { nodes: [Programme!]! }
  type Exchange { id: ID! title(language: Language! = EN): String! kind: String! startedOn: String }
  type ExchangeConnection { nodes: [Exchange!]! }
  type Partnership {
    id: ID! kind: String! status: PartnershipStatus! startedOn: String
    dutch: Authority! chinese: Authority!
    exchanges(first: Int! = 20): ExchangeConnection!
    programmes: ProgrammeConnection!
  }
  type PartnershipConnection { nodes: [Partnership!]! totalCount: Int! }
  type PartnershipGroup { startedDecade: Int status: PartnershipStatus count: Int! }
  input StatusFilter { eq: PartnershipStatus }
  input AuthorityFilter { within: ID }
  input PartnershipFilter { status: StatusFilter dutch: AuthorityFilter }
  type Query {
    partnerships(first: Int! = 20, filter: PartnershipFilter): PartnershipConnection!
    partnership(id: ID!): Partnership
    partnershipGroups(by: [PartnershipDimension!]!): [PartnershipGroup!]!
  }
`;

const partnership = `p.id, p.kind, p.status, p.started_on as "startedOn", p.dutch_id as "dutchId", p.chinese_id as "chineseId"`;

/** `status` and `within`, the two filters there are, as SQL and values. */
function where({ status, dutch } = {}) {
  const [values, parts] = [[], []];
  if (status?.eq) parts.push(`p.status = $${values.push(status.eq)}`);
  if (dutch?.within) {
    parts.push(`p.dutch_id in (with recursive inside as (
      select id from authority where id = $${values.push(dutch.within)}
      union select below.id from authority below join inside on below.parent_id = inside.id or below.prefecture_id = inside.id)
      select id from inside)`);
  }
  return {
    key: parts.length ? parts.map(part => part.slice(0, 9)).join() : '',
    text: parts.length ? `where ${parts.join(' and ')}` : '',
    values,
  };
}

const FALLBACK = ['en', 'nl', 'pinyin', 'zh'];
function inLanguage(texts, language) {
  const own = texts[language.toLowerCase()];
  if (own) return own;
  for (const language of FALLBACK) if (texts[language]) return texts[language];
  return '';
}

const size = first => Math.min(Math.max(1, first), 100);

const resolvers = {
  Query: {
    partnerships: async (_, { first, filter }) => {
      const { key, text, values } = where(filter ?? {});
      const nodes = await query(
        `ties:${key}:${size(first)}`,
        `select ${partnership} from partnership p ${text} order by coalesce(p.started_day, '~'), p.id limit ${size(first)}`,
        values,
      );
      return { nodes, filter };
    },
    partnership: async (_, { id }) =>
      (await query('tie', `select ${partnership} from partnership p where p.id = $1`, [id]))[0] ?? null,
    partnershipGroups: () =>
      query(
        'groups',
        `select (substr(started_day, 1, 3) || '0')::int as "startedDecade", status, count(*)::int as count
         from partnership group by 1, 2 order by 1 nulls last, status collate "C"`,
        [],
      ),
  },
  PartnershipConnection: {
    totalCount: async ({ filter }) => {
      const { key, text, values } = where(filter ?? {});
      return (await query(`count:${key}`, `select count(*)::int as total from partnership p ${text}`, values))[0].total;
    },
  },
  Authority: { name: ({ names }, { language }) => inLanguage(names, language) },
  Programme: { name: ({ names }, { language }) => inLanguage(names, language) },
  Exchange: { title: ({ title }, { language }) => inLanguage(title, language) },
};

async function authorities(ids) {
  const rows = await query('authorities', 'select id, names from authority where id = any($1::text[])', [
    [...new Set(ids)],
  ]);
  const byId = new Map(rows.map(row => [row.id, row]));
  return ids.map(id => byId.get(id));
}

/** A nested list: one statement for all parents, each with its own first rows. */
async function each(name, parents, first, columns, rest) {
  const rows = await query(
    `${name}:${first}`,
    `select parent.ord::int as ord, page.* from unnest($1::text[]) with ordinality parent(id, ord)
     cross join lateral (select ${columns} ${rest} limit ${first}) page`,
    [parents],
  );
  const lists = parents.map(() => []);
  for (const row of rows) lists[row.ord - 1].push(row);
  return lists.map(nodes => ({ nodes }));
}

const sharesAuthorities = process.argv.includes('--shared');
const sides = sharesAuthorities
  ? {}
  : {
      dutch: queries => authorities(queries.map(({ obj }) => obj.dutchId)),
      chinese: queries => authorities(queries.map(({ obj }) => obj.chineseId)),
    };
if (sharesAuthorities) {
  resolvers.Partnership = {
    dutch: ({ dutchId }, _, { authority }) => authority.load(dutchId),
    chinese: ({ chineseId }, _, { authority }) => authority.load(chineseId),
  };
}

const ids = queries => queries.map(({ obj }) => obj.id);

const loaders = {
  Partnership: {
    ...sides,
    exchanges: queries =>
      each(
        'exchanges',
        ids(queries),
        size(queries[0].params.first),
        `e.id, e.title, e.kind, e.started_on as "startedOn"`,
        `from exchange e where e.partnership_id = parent.id order by coalesce(e.started_day, '~'), e.id`,
      ),
    programmes: queries =>
      each(
        'programmes',
        ids(queries),
        20,
        'g.id, g.names',
        `from programme_partnership link join programme g on g.id = link.programme_id
         where link.partnership_id = parent.id order by coalesce(g.started_day, '~'), g.id`,
      ),
  },
  Authority: {
    partnerships: queries =>
      each(
        'ties',
        ids(queries),
        size(queries[0].params.first),
        partnership,
        `from partnership p where p.dutch_id = parent.id or p.chinese_id = parent.id order by coalesce(p.started_day, '~'), p.id`,
      ),
  },
};

const app = Fastify({ logger: false });
const context = () => (sharesAuthorities ? { authority: new DataLoader(authorities) } : {});
app.register(mercurius, { schema, resolvers, loaders, context, jit: 1, graphiql: false });
await app.listen({ port, host: '127.0.0.1' });
