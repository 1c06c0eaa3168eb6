import { gzipSync } from 'node:zlib';
import { gql, json, type RawRequest } from './request.js';

/** An attack, and the exact answer to it. */
export interface Attack {
  name: string;
  request: RawRequest;
  status: number;
  /** The code of the first error; `null` where the answer holds none. */
  code: string | null;
  /** Other `extensions` of the first error. */
  extensions?: Record<string, unknown>;
  /** Text that the body must contain. */
  says?: RegExp;
}

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const ask = (query: string) => `?query=${encodeURIComponent(query)}`;
const PREFLIGHT = { 'apollo-require-preflight': '1' };
const complex = (name: string, request: RawRequest, limit: string, value?: number): Attack => ({
  name,
  request,
  status: 400,
  code: 'QUERY_TOO_COMPLEX',
  extensions: { limit, ...(value !== undefined && { value }) },
});
const input = (name: string, request: RawRequest, says?: RegExp): Attack => ({
  name,
  request,
  status: 400,
  code: 'BAD_USER_INPUT',
  ...(says && { says }),
});
/** A value that is wrong in a way only the resolver knows: the rest of the document is answered. */
const field = (name: string, request: RawRequest, code: string | null, says?: RegExp): Attack => ({
  name,
  request,
  status: 200,
  code,
  ...(says && { says }),
});
const bad = (name: string, request: RawRequest, says?: RegExp, status = 400): Attack => ({
  name,
  request,
  status,
  code: 'BAD_REQUEST',
  ...(says && { says }),
});
const invalid = (name: string, request: RawRequest): Attack => ({
  name,
  request,
  status: 400,
  code: 'GRAPHQL_VALIDATION_FAILED',
});

/** Round the cycle of ties: two levels of lists a hop. */
const hops = (count: number, size = '') =>
  `{ authority(id: "nl-rotterdam") { ${times(count, i => `partnerships${size} { nodes { ${i % 2 ? 'dutch' : 'chinese'} {`)} id ${'} } }'.repeat(count)} } }`;
const doubling = (count: number) =>
  `{ ...f0 } ${times(count, i => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f${count} on Query { viewer { name } }`;
const circular = `{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }`;
const search = (text: string) => gql('query($q: String!) { search(query: $q) { totalCount } }', { q: text });
const contains = (text: string) =>
  gql('query($t: String) { organisations(filter: { name: { contains: $t } }) { totalCount } }', { t: text });
const since = (date: string) =>
  gql('query($d: PartialDate) { partnerships(filter: { startedOn: { from: $d } }) { totalCount } }', { d: date });
const NESTED = `{"query":"{ viewer { name } }","variables":{"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`;
const LONG = 'a'.repeat(50_000);
const END = (id: string) =>
  `mutation { endPartnership(input: { id: "${id}", expectedVersion: 1, since: "2026", reason: "x" }) { change { cursor } } }`;

const notUtf8 = Buffer.from('{"query":"{ search(query: \\"XX\\") { totalCount } }"}');
notUtf8[notUtf8.indexOf('XX')] = 0xff;

export const ATTACKS: Attack[] = [
  // Limits of one document.
  complex('250 hops round the cycle of ties', gql(hops(250)), 'depth', 201),
  complex('60 hops round the cycle of ties', gql(hops(60)), 'depth', 182),
  complex('4 hops, within the depth of 14', gql(hops(4)), 'depth', 14),
  complex('breadth: pages of 100 inside pages of 100', gql(hops(3, '(first: 100)')), 'cost'),
  complex('breadth by variables', gql(hops(3, '(first: $n)').replace('{', 'query($n: Int) {'), { n: 100 }), 'cost'),
  complex(
    'breadth by the default of a variable',
    gql(hops(3, '(first: $n)').replace('{', 'query($n: Int = 100) {')),
    'cost',
  ),
  complex(
    '30 aliases of a page of 100',
    gql(
      `{ partnership(id: "x") { ${times(30, i => `a${i}: exchanges(first: 100) { nodes { citations { supports } } }`)} } }`,
    ),
    'cost',
  ),
  complex('1,000 aliases of a list', gql(`{ ${times(1_000, i => `a${i}: partnerships { totalCount }`)} }`), 'tokens'),
  complex('31 aliases', gql(`{ ${times(31, i => `a${i}: viewer { name }`)} }`), 'aliases', 31),
  complex('101 aliases of leaves', gql(`{ viewer { ${times(101, i => `a${i}: name`)} } }`), 'leafAliases', 101),
  complex('21 root fields', gql(`{ ${times(20, i => `a${i}: viewer { name }`)} viewer { name } }`), 'rootFields', 21),
  complex('5,000 times the same field', gql(`{ ${'viewer { name } '.repeat(5_000)} }`), 'tokens'),
  complex(
    '1,900 times the same field below the root',
    gql(`{ viewer { ${'name '.repeat(1_900)} } }`),
    'repeats',
    1_900,
  ),
  complex('390 overlapping fragments', gql(`{ viewer { ${'... { name } '.repeat(390)} } }`), 'repeats', 390),
  complex('5,500 times @skip', gql(`{ viewer { name ${'@skip(if: false) '.repeat(5_500)} } }`), 'tokens'),
  complex('51 times @skip', gql(`{ viewer { name ${'@skip(if: false) '.repeat(51)} } }`), 'directives', 51),
  complex('5,000 unknown directives', gql(`{ viewer { name ${'@aa '.repeat(5_000)} } }`), 'tokens'),
  invalid('40 unknown directives: three errors and no more', gql(`{ viewer { name ${'@aa '.repeat(40)} } }`)),
  invalid('400 unknown fields: three errors and no more', gql(`{ viewer { ${times(400, i => `x${i}`)} } }`)),
  invalid('a fragment cycle', gql('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }')),
  complex('2^100 fragments', gql(doubling(100)), 'selections'),
  complex(
    'a list of 900 brackets in the document',
    gql(`{ nodes(ids: ${'['.repeat(900)}${']'.repeat(900)}) { id } }`),
    'nesting',
    33,
  ),
  complex(
    'a list of 40,000 brackets in the document',
    gql(`{ nodes(ids: ${'['.repeat(40_000)}${']'.repeat(40_000)}) { id } }`),
    'nesting',
    33,
  ),
  complex(
    'a filter 40 deep',
    gql(`{ partnerships(filter: ${'{ not: '.repeat(40)} {} ${'}'.repeat(40)}) { totalCount } }`),
    'nesting',
    33,
  ),
  complex('introspection that goes round', gql(circular), 'introspection'),
  complex(
    'the schema seven times',
    gql(`{ ${times(7, i => `s${i}: __schema { types { name } }`)} }`),
    'introspection',
    7,
  ),
  field(
    'nodes of 101 ids',
    gql('query($i: [ID!]!) { nodes(ids: $i) { id } }', { i: Array(101).fill('nl-rotterdam') }),
    'BAD_USER_INPUT',
  ),

  // Limits of a body.
  bad(
    'a batch',
    json(`[${times(10, () => '{"query":"{ viewer { name } }"}').replaceAll(' {"query', ',{"query')}]`),
    /batching/,
  ),
  bad('a body of 200 kB', gql(`# ${'x'.repeat(200_000)}\n{ viewer { name } }`), /100000 bytes/, 413),
  bad(
    'a gzip bomb of 50 MB',
    json(gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' }),
    /compressed/,
    415,
  ),
  bad('a body of brotli', json('x', { 'content-encoding': 'br' }), /compressed/, 415),
  bad('headers of 20 kB', gql('{ viewer { name } }', undefined, { cookie: 'x'.repeat(20_000) }), /16384 bytes/, 431),
  bad(
    'an address of 20 kB',
    { method: 'GET', path: `/graphql?query=${'x'.repeat(20_000)}`, headers: PREFLIGHT },
    /16384 bytes/,
    431,
  ),
  bad('truncated JSON', json('{"query":"{ viewer { na'), /not JSON/),
  bad('an empty body', json('')),
  bad('a charset that does not exist', json('{}', { 'content-type': 'application/json; charset=bogus' }), /UTF-8/, 415),
  bad(
    'UTF-16, as it says',
    json(Buffer.from('{"query":"{ viewer { name } }"}', 'utf16le'), {
      'content-type': 'application/json; charset=utf-16',
    }),
    /UTF-8/,
    415,
  ),
  bad('UTF-16, as it does not say', json(Buffer.from('{"query":"{ viewer { name } }"}', 'utf16le')), /not JSON/),
  bad('bytes that are no UTF-8', json(notUtf8), /not UTF-8/),
  input(
    'half of a surrogate pair',
    json('{"query":"query($q: String!) { search(query: $q) { totalCount } }","variables":{"q":"\\ud800"}}'),
    /surrogate/,
  ),
  input('NUL in a variable', search('a\0b'), /NUL/),
  input('NUL in a literal', gql('{ search(query: "a\\u0000b") { totalCount } }'), /NUL/),
  field('text that changes direction', search('\u202eRotterdam'), null),
  input('JSON of 40,000 brackets', json(NESTED), /deeper than 32/),
  input(
    '__proto__ in the variables of an address',
    {
      method: 'GET',
      path: `/graphql${ask('{ viewer { name } }')}&variables=${encodeURIComponent('{"__proto__":{"polluted":true}}')}`,
      headers: PREFLIGHT,
    },
    /__proto__/,
  ),
  bad(
    'two queries in an address',
    { method: 'GET', path: `/graphql${ask('{ viewer { name } }')}&query=x`, headers: PREFLIGHT },
    /only be specified once/,
  ),
  bad(
    'two queries in the address of a stream',
    { method: 'GET', path: `/graphql/stream${ask('{ viewer { name } }')}&query=x` },
    /only be specified once/,
  ),
  bad(
    'a persisted query with the hash of another',
    json(
      `{"query":"{ viewer { name } }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}`,
    ),
  ),
  bad(
    'a persisted query of another version',
    json('{"query":"{ viewer { name } }","extensions":{"persistedQuery":{"version":2,"sha256Hash":"x"}}}'),
  ),
  {
    name: 'an empty operation name',
    request: json('{"query":"query A { viewer { name } }","operationName":""}'),
    status: 400,
    code: 'OPERATION_RESOLUTION_FAILURE',
  },
  field(
    'null for a variable with a default, where null may not stand',
    gql('query($n: String = "Theme") { codeList(name: $n) { name } }', { n: null }),
    'BAD_USER_INPUT',
    /must not be null/,
  ),
  field('a search that grows when it is folded', search('㌖'.repeat(150)), 'BAD_USER_INPUT', /200/),
  {
    name: 'an export for a text that grows when it is folded',
    request: {
      method: 'GET',
      path: `/export/exchanges.csv?filter=${encodeURIComponent(`{text: "${'㌖'.repeat(150)}"}`)}`,
    },
    status: 400,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'an export of a text with NUL',
    request: { method: 'GET', path: `/export/exchanges.csv?filter=${encodeURIComponent('{"text":"\\u0000"}')}` },
    status: 400,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'a stream in a picture of another site',
    request: {
      method: 'GET',
      path: `/graphql/stream${ask('{ viewer { name } }')}`,
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    },
    status: 403,
    code: 'FORBIDDEN',
  },
  input(
    'JSON 33 deep',
    json(`{"query":"{ viewer { name } }","variables":${'{"a":'.repeat(33)}1${'}'.repeat(33)}}`),
    /deeper than 32/,
  ),
  input(
    '__proto__ in the variables',
    json('{"query":"{ viewer { name } }","variables":{"__proto__":{"polluted":true}}}'),
    /__proto__/,
  ),
  input(
    'constructor.prototype in the variables',
    json('{"query":"{ viewer { name } }","variables":{"a":{"constructor":{"prototype":{"polluted":true}}}}}'),
    /constructor/,
  ),
  bad('a number as query', json('{"query":1}')),
  bad('a list as variables', json('{"query":"{ viewer { name } }","variables":[1]}')),
  bad('both lengths of a smuggler', {
    bytes:
      'POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /x',
  }),
  bad('a request with two hosts', {
    bytes: 'GET /health/live HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n',
  }),
  bad('a host that is a path', {
    bytes: 'GET /health/live HTTP/1.1\r\nhost: a/../b\r\nconnection: close\r\n\r\n',
  }),
  bad('a request without a host', { bytes: 'GET /graphql HTTP/1.1\r\nconnection: close\r\n\r\n' }),
  bad('no HTTP at all', { bytes: Buffer.from('160301020001000001fc0303', 'hex') }, /not valid HTTP/),

  // Limits of the request.
  bad('a GET that any page could send', { method: 'GET', path: `/graphql${ask('{ viewer { name } }')}` }, /CSRF/),
  bad('a body of text/plain', json('{"query":"{ viewer { name } }"}', { 'content-type': 'text/plain' }), /CSRF/),
  bad('a form', json('query=%7Bviewer%7Bname%7D%7D', { 'content-type': 'application/x-www-form-urlencoded' }), /CSRF/),
  bad('a form with files', json('--x--', { 'content-type': 'multipart/form-data; boundary=x' }), /CSRF/),
  bad(
    'a mutation by GET',
    { method: 'GET', path: `/graphql${ask(END('tie-delft-jingdezhen'))}`, headers: PREFLIGHT },
    undefined,
    405,
  ),
  bad('a PUT', { ...gql('{ viewer { name } }'), method: 'PUT' }, undefined, 405),
  bad('a DELETE of the stream', { method: 'DELETE', path: '/graphql/stream' }, undefined, 405),
  bad('a subscription by POST', gql('subscription { changes { cursor } }'), /WebSocket/),
  {
    name: 'an address outside the folder of the page',
    request: { method: 'GET', path: '/graphiql/..%2f..%2f..%2fetc%2fpasswd' },
    status: 404,
    code: 'NOT_FOUND',
  },
  { name: 'an address with NUL', request: { method: 'GET', path: '/%00' }, status: 404, code: 'NOT_FOUND' },
  {
    name: 'an address of markup',
    request: { method: 'GET', path: '/<script>alert(1)</script>' },
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'another server’s address',
    request: { method: 'GET', path: 'http://169.254.169.254/latest/meta-data' },
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'a stream for a page of another site',
    request: {
      method: 'GET',
      path: `/graphql/stream${ask('subscription { changes { cursor } }')}`,
      headers: { origin: 'https://evil.test' },
    },
    status: 403,
    code: 'FORBIDDEN',
  },

  // Authentication and origins.
  { name: 'a mutation without a key', request: gql(END('tie-delft-jingdezhen')), status: 401, code: 'UNAUTHENTICATED' },
  {
    name: 'a mutation under 29 queries',
    request: gql(END('x').replace('mutation {', 'mutation { __typename')),
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  {
    name: 'a wrong key',
    request: gql('{ viewer { name } }', undefined, { authorization: 'Bearer stb_abc_def' }),
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  {
    name: 'a key of 15 kB',
    request: gql('{ viewer { name } }', undefined, { authorization: `Bearer ${'a.'.repeat(7_500)}` }),
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  {
    name: 'a token that says alg none',
    request: gql('{ viewer { name } }', undefined, {
      authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.',
    }),
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  {
    name: 'a key in the address',
    request: { ...gql(END('x')), path: '/graphql?authorization=attack-test-admin-key&key=attack-test-admin-key' },
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  {
    name: 'the schema of a subgraph, without the router’s secret',
    request: gql('{ _service { sdl } }'),
    status: 403,
    code: 'FORBIDDEN',
  },
  {
    name: '2,000 entities, without the router’s secret',
    request: gql('query($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
      r: Array(2_000).fill({ __typename: 'Exchange', id: 'a' }),
    }),
    status: 403,
    code: 'FORBIDDEN',
  },
  complex(
    '2,900 entities of 3 points, with the secret of the router',
    gql(
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Partnership { nestedIn { id } encouragedBy { id } } } }',
      { r: Array(2_900).fill({ id: 1 }) },
      { 'router-authorization': 'attack-test-router-secret' },
    ),
    'cost',
    8_700,
  ),
  {
    name: '20,000 empty filters in a variable',
    request: gql('query($f: PartnershipFilter) { partnerships(first: 1, filter: $f) { totalCount } }', {
      f: { or: Array(20_000).fill({}) },
    }),
    status: 400,
    code: 'BAD_USER_INPUT',
    says: /beyond the 4000 objects and lists of a request/,
  },
  field(
    'an entity of a type that is none',
    gql(
      'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      { r: [{ __typename: '__Schema', id: 'x' }] },
      { 'router-authorization': 'attack-test-router-secret' },
    ),
    'BAD_USER_INPUT',
  ),

  // Limits of a value.
  ...['2022-02-30', '1979-13-01', '0000-00-00', '10000-01-01', '2016-12-31T23:59:60Z', '1979-11-23 00:00', LONG].map(
    date => input(`the date ${date.slice(0, 30)}`, since(date), /PartialDate/),
  ),
  field('SQL in a search', search("' OR 1=1; DROP TABLE change; --"), null),
  field('SQL in a filter', contains("'; DROP TABLE change; --"), null, /"totalCount":0/),
  field('SQL in an id', gql("{ partnership(id: \"x' OR '1'='1\") { id } }"), null, /"partnership":null/),
  field(
    'SQL in a cursor',
    gql('query($c: String) { partnerships(after: $c) { nodes { id } } }', {
      c: Buffer.from("' OR 1=1 --").toString('base64url'),
    }),
    'INVALID_CURSOR',
  ),
  input(
    'SQL in an order',
    gql('query($o: [PartnershipOrder!]) { partnerships(orderBy: $o) { totalCount } }', {
      o: [{ field: 'name; drop table change' }],
    }),
  ),
  input(
    'SQL in a direction',
    gql('query($o: [PartnershipOrder!]) { partnerships(orderBy: $o) { totalCount } }', {
      o: [{ field: 'STARTED_ON', direction: 'asc; drop' }],
    }),
  ),
  input(
    'a list of 100 wrong values: fifty errors and no more',
    gql('query($o: [PartnershipOrder!]) { partnerships(orderBy: $o) { totalCount } }', {
      o: Array(100).fill({ field: 1 }),
    }),
    /(?:cannot be 1\b(?:(?!cannot be 1\b).)*){50}/,
  ),
  input(
    'an operator where a text is meant',
    gql('query($f: ExchangeFilter) { exchanges(filter: $f) { totalCount } }', { f: { title: { $ne: null } } }),
    /"title/,
  ),
  field('% alone, which asks for nothing', contains('%'), null, /"totalCount":\d\d/),
  field('_ and % between letters', contains('a%e_a'), null, /"totalCount":0/),
  field('a search of 5,000 characters', search('x'.repeat(5_000)), 'BAD_USER_INPUT', /200/),
  field('a search for what is slow in a pattern', search(`${'a'.repeat(100)}!(a+)+$`), null),
  ...[-1, 0, 101].map(first =>
    field(`first: ${first}`, gql(`{ partnerships(first: ${first}) { nodes { id } } }`), 'BAD_USER_INPUT', /1 to 100/),
  ),
  complex('first: 1,000,000', gql('{ partnerships(first: 1000000) { nodes { id } } }'), 'cost'),
  invalid('first over 32 bits', gql('{ partnerships(first: 9999999999) { nodes { id } } }')),
  field('first and last', gql('{ partnerships(first: 1, last: 1) { nodes { id } } }'), 'BAD_USER_INPUT', /exclude/),
  field('a cursor that is none', gql('{ partnerships(after: "nonsense") { nodes { id } } }'), 'INVALID_CURSOR'),
  {
    name: 'a place in the feed that is none',
    request: gql('query($c: ChangeCursor) { changes(after: $c) { nodes { id: cursor } } }', { c: LONG }),
    status: 400,
    code: 'INVALID_CURSOR',
  },
  field('the id of another type', gql('{ partnership(id: "nl-rotterdam") { id } }'), null, /"partnership":null/),
  {
    name: 'an operation whose name writes a log line of its own',
    request: json(
      JSON.stringify({ query: 'query A { viewer { name } }', operationName: 'A\n\u001b[31mFAKE LOG LINE' }),
    ),
    status: 400,
    code: 'OPERATION_RESOLUTION_FAILURE',
  },
];
