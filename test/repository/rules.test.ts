import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

/**
 * The rooms of `src`, in the order in which they may import each other: each imports only from itself and from rooms
 * before it, type imports included. The concepts are in the order of their foreign keys.
 */
const ROOMS = [
  'context',
  'load-bundle',
  'start-bundle',
  'messages',
  'cite',
  'recipes',
  'questions',
  'access/scope',
  'config',
  'graph/errors',
  'graph/execute',
  'graph/schema',
  'graph/types',
  'graph/sql',
  'graph/read',
  'graph/list',
  'graph/record',
  'graph/search',
  'federation',
  'source',
  'access',
  'limits',
  'change',
  'database/connection',
  'export',
  'authority',
  'organisation',
  'partnership',
  'programme',
  'exchange',
  'search',
  'redaction',
  'matching',
  'proposal',
  'webhook',
  'schema',
  'export-tables',
  'feed',
  'database',
  'server/observability',
  'server/http',
  'server/cache',
  'server/graphql',
  'server/subscriptions',
  'server/export',
  'server/feed',
  'server/reconcile',
  'server/pages',
  'server/links',
  'server/webhooks',
  'server',
  'commands',
  'workers',
  'main',
  'start',
  'testing',
  'client',
];

/** Rooms that only some rooms import. */
const IMPORTED_BY: Record<string, RegExp> = {
  config: /^(?:database|database\/connection|server|server\/.*|commands|workers|main|testing)$/,
  schema: /^(?:server|commands)$/,
  'export-tables': /^(?:feed|server\/(?:export|pages))$/,
  database: /^(?:server|server\/observability|commands|workers|testing)$/,
  'database/connection': /^(?:export|database|server\/export|server)$/,
  server: /^(?:workers|testing)$/,
  commands: /^main$/,
};

/** Packages that only some top-level folders import. */
const ONLY_IN: [packages: RegExp, ...parts: string[]][] = [
  [/^(?:node:)?(?:http|https|http2|net|tls)$/, 'server'],
  [/^(?:ws|graphql-ws|graphql-sse)$/, 'server', 'graphiql', 'client'],
  [/^@apollo\/server\b/, 'server'],
  [/^(?:react|react-dom|graphiql|@graphiql\/.*|vite)\b/, 'graphiql'],
  [/^(?:@observablehq\/plot|@tanstack\/react-table|d3-geo|topojson-client|world-atlas|write-excel-file)\b/, 'graphiql'],
  [/^proxy-addr$/, 'server'],
  [/^ipaddr\.js$/, 'server', 'limits', 'webhook'],
  [/^(?:yazl|hyparquet-writer)$/, 'export'],
  [/^(?:csv-parse|saxes|yauzl)\b/, 'proposal'],
  [/^@electric-sql\/pglite$/, 'database'],
  [/^@mikro-orm\/(?:migrations|postgresql)$/, 'database'],
];

const MAX_FILE_LINES = 150;

/** Longer files, each with the reason why it is one thing all the same. */
const LONG_FILES: Record<string, string> = {
  'graph/list/operators.ts': 'a table: the operators of all filters, each a few lines of SQL and its input type',
  'graph/execute/execution.ts': 'one run of a plan: completing a value leads to fields, and fields to values',
  'graph/list/filter.ts': 'declaring filters and compiling them to SQL: each half makes no sense without the other',
  'graph/list/order.ts': 'two enums and the input type take a third of it',
  'partnership/partnership.enums.ts': 'a table: the enums of a partnership, each value with description and labels',
  'exchange/exchange.enums.ts': 'a table: the enums of an exchange, each value with description and labels',
  'partnership/partnership.groups.ts': 'a table: the dimensions of groups with their labels, keys, sizes and fields',
  'graphiql/panels/chart-plot.ts': 'one plot: its marks share the lanes, facets and ticks that are computed above them',
  'messages/error-codes.ts': 'a table: the codes of errors, each with a description and labels',
  'proposal/concepts.ts': 'a table: what proposals must know of each of the five concepts',
  'change/stream.ts': 'the loop that reads the log and its subscribers share three positions',
  'server/pages/texts.ts': 'a table: the texts of pages in three languages',
  'server/pages/question-texts.ts': 'a table: the explanations of questions in three languages',
  'server/service.ts': 'the parts of the API, declared and created: the second is the first in another order',
  'server/subscriptions/fanout.ts': 'subscribing to a document and sharing its events is one promise',
  'schema.ts': 'a table: all resolvers, by concept',
  'webhook/sender.ts': 'the lease, the webhooks that it is for, and their end are one life cycle',
  'client/generated/questions.ts': 'generated: the documents of all questions with their types',
  'database/migrations/Migration20261124000000.ts': 'a migration is never edited after it ran',
};

interface Import {
  file: string;
  from: string;
  typeOnly: boolean;
}

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const texts = new Map<string, string>();
const imports: Import[] = [];

const STATEMENT = /^(?:import|export)\b(?<type> type\b)?[^;'"]*?(?:from )?'(?<from>[^']+)'(?: with \{[^}]*\})?;/gm;
const CALL = /\b(?:import|require)\(\s*['"`](?<from>[^'"`]+)['"`]/g;

beforeAll(async () => {
  for (const entry of await readdir(src, { recursive: true })) {
    const file = entry.replaceAll('\\', '/');
    if (!/\.tsx?$/.test(file)) continue;
    const text = await readFile(src + file, 'utf8');
    texts.set(file, text);
    for (const { groups } of text.matchAll(STATEMENT)) {
      imports.push({ file, from: String(groups?.from), typeOnly: groups?.type !== undefined });
    }
    for (const { groups } of text.matchAll(CALL)) imports.push({ file, from: String(groups?.from), typeOnly: false });
  }
});

/** Returns the top-level folder of a file of `src`, or the name of a file at the top. */
const folderOf = (file: string): string => file.replace(/\.[jt]sx?$/, '').split('/')[0] as string;

/** Returns the room of a file of `src`: `graph/sql`, `server`, `change`, …. */
function roomOf(file: string): string {
  const [folder = '', room = ''] = file.replace(/\.[jt]sx?$/, '').split('/');
  return ROOMS.includes(`${folder}/${room}`) ? `${folder}/${room}` : folder;
}

/** The imports of our own files, with the file of `src` they lead to; above `src` it begins with `..`. */
const own = () =>
  imports
    .filter(({ from }) => from.startsWith('.'))
    .map(({ file, from, typeOnly }) => ({ file, to: posix.join(posix.dirname(file), from), typeOnly }));

test('the imports of the sources were found', () => {
  expect(texts.size).toBeGreaterThan(80);
  const files = new Set(own().map(({ file }) => file));
  for (const file of ['main.ts', 'schema.ts', 'database/open.ts', 'graph/list/root-list.ts'])
    expect(files).toContain(file);
  const reached = new Set(own().map(({ to }) => to.replace(/\.js$/, '.ts')));
  const unread = own().filter(
    ({ to }) => !to.startsWith('..') && !texts.has(to.replace(/\.js$/, '.ts')) && !/\.(?:css|svg|js)$/.test(to),
  );
  expect(unread).toEqual([]);
  // A file that no other imports is an entry, or was overlooked.
  const entries =
    /^(?:main|start|export\/worker(?:-main)?|database\/embedded\/thread(?:-main)?|testing\/register-(?:process|main)|client\/(?:index|scalars|\w+-store|generated\/questions)|commands\/(?:main\/)?[\w-]+|graphiql\/(?:embed\/)?(?:main|vite\.config|outlines\.d|question-schema\.d))\.tsx?$/;
  expect(
    [...texts.keys()].filter(file => !reached.has(file) && !reached.has(file.replace(/x$/, '')) && !entries.test(file)),
  ).toEqual([]);
});

test('every file is in a room', () => {
  const rooms = new Set([...texts.keys()].map(roomOf));
  expect([...rooms].filter(room => !ROOMS.includes(room) && room !== 'graphiql')).toEqual([]);
});

test('imports run one way through the rooms, type imports included', () => {
  const wrong = own().filter(({ file, to, typeOnly }) => {
    const [importer, imported] = [roomOf(file), roomOf(to)];
    if (importer === 'graphiql' || imported === importer || to.startsWith('..')) return false;
    // It declares types only: the context of a resolver names classes of later rooms.
    if (importer === 'context' && typeOnly) return false;
    return ROOMS.indexOf(imported) === -1 || ROOMS.indexOf(imported) > ROOMS.indexOf(importer);
  });
  expect(wrong).toEqual([]);
});

test('no files import each other in a circle, type imports included', () => {
  const edges = new Map<string, string[]>();
  for (const { file, to } of own()) {
    const target = [to.replace(/\.js$/, '.ts'), to.replace(/\.js$/, '.tsx')].find(path => texts.has(path));
    if (target) edges.set(file, [...(edges.get(file) ?? []), target]);
  }
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file]);
    if (done.has(file) || path.includes(file)) return;
    for (const target of edges.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  expect(circles).toEqual([]);
});

test('some rooms are imported by few others', () => {
  const wrong = own().filter(({ file, to }) => {
    const [importer, imported] = [roomOf(file), roomOf(to)];
    return importer !== imported && IMPORTED_BY[imported]?.test(importer) === false;
  });
  expect(wrong).toEqual([]);
});

test('the context is types, and is imported as such', () => {
  const wrong = own().filter(
    ({ file, to, typeOnly }) => !typeOnly && [folderOf(file), folderOf(to)].includes('context'),
  );
  expect(wrong).toEqual([]);
});

test('the sources import nothing of the tests or the seeds, and stay inside src', () => {
  expect(own().filter(({ to }) => to.startsWith('..'))).toEqual([]);
  const globs = [...texts].filter(([, text]) => text.includes('import.meta.glob')).map(([file]) => file);
  expect(globs.filter(file => file !== 'graphiql/questions.ts')).toEqual([]);
});

test('the page of the analysts is a front end of its own', () => {
  const wrong = own()
    .filter(({ file, to }) => (folderOf(file) === 'graphiql') !== (folderOf(to) === 'graphiql'))
    // Citations, recipes and labels of questions depend on nothing, so that the page and the server have the same.
    .filter(({ file, to }) => !(folderOf(file) === 'graphiql' && /^(?:cite|recipes|questions)$/.test(roomOf(to))));
  expect(wrong).toEqual([]);
});

test('the client package has nothing of the server, and depends on graphql-ws only', () => {
  const ofClient = imports.filter(({ file }) => folderOf(file) === 'client');
  expect(ofClient.length).toBeGreaterThan(20);
  const wrong = ofClient.filter(({ file, from }) =>
    from.startsWith('.')
      ? folderOf(posix.join(posix.dirname(file), from)) !== 'client'
      : from !== 'graphql-ws' && !(file === 'client/file-store.ts' && from.startsWith('node:')),
  );
  expect(wrong).toEqual([]);
});

test('only the part it is for knows a package of transport, database or page', () => {
  const wrong = imports.filter(({ file, from }) =>
    ONLY_IN.some(([pattern, ...parts]) => pattern.test(from) && !parts.includes(folderOf(file))),
  );
  expect(wrong).toEqual([]);
  for (const [pattern, ...parts] of ONLY_IN) {
    expect(imports.some(({ file, from }) => pattern.test(from) && parts.includes(folderOf(file)))).toBe(true);
  }
});

test('only config.ts gets the environment', () => {
  const readers = [...texts].flatMap(([file, text]) =>
    [
      ...text.matchAll(/^.*(?:process\s*\??\.\s*env\b|process\[|\benv\b.*from 'node:process'|import\.meta\.env).*$/gm),
    ].map(([line]) => ({ file, line })),
  );
  const wrong = readers.filter(
    ({ file, line }) =>
      !(
        /^(?:main|commands\/(?:main\/)?\w+)\.ts$/.test(file) &&
        /\b(?:read|shown)Config\(process\.env\)/.test(line) &&
        line.split('process').length === 2
      ),
  );
  expect(wrong).toEqual([]);
  expect(readers.length).toBeGreaterThan(0);
});

test('nothing is exported without a name', () => {
  const wrong = [...texts].filter(
    ([file, text]) => !file.endsWith('/vite.config.ts') && /^export default\b|\bas default\b/m.test(text),
  );
  expect(wrong.map(([file]) => file)).toEqual([]);
});

test(`a file of more than ${MAX_FILE_LINES} lines is two things, or has its reason here`, () => {
  const lines = (text: string) => text.trimEnd().split('\n').length;
  const long = [...texts].filter(([, text]) => lines(text) > MAX_FILE_LINES).map(([file]) => file);
  expect(long.sort()).toEqual(Object.keys(LONG_FILES).sort());
});
