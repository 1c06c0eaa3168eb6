import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

/**
 * The parts of `src`, in the order in which they may know each other: each imports only from itself and from parts
 * before it. The concepts stand in the order of the foreign keys.
 */
const PARTS = [
  'context',
  'protection',
  'config',
  'graph',
  'federation',
  'source',
  'access',
  'limits',
  'change',
  'export',
  'authority',
  'organisation',
  'partnership',
  'programme',
  'exchange',
  'search',
  // A class that refers to every concept: the database knows it, the concepts read citations without it.
  'source/citation.entity',
  'schema',
  'exports',
  'database',
  'server',
  'commands',
  'main',
  'start',
];

/** Parts that only some know, however early they stand. */
const KNOWN_TO: Record<string, string[]> = {
  protection: ['config', 'server'],
  config: ['database', 'server', 'commands', 'main'],
  'source/citation.entity': ['database'],
  schema: ['server', 'commands'],
  exports: ['server'],
  database: ['server', 'commands', 'main'],
  server: ['main'],
  commands: ['main'],
};

/** Packages that only one part knows. */
const ONLY_IN: [packages: RegExp, ...parts: string[]][] = [
  [/^(?:node:)?(?:http|https|http2|net|tls)$/, 'server'],
  [/^(?:ws|graphql-ws|graphql-sse)$/, 'server', 'graphiql'],
  [/^@apollo\/server\b/, 'server'],
  [/^(?:react|react-dom|graphiql|@graphiql\/.*|vite)\b/, 'graphiql'],
  [/^(?:@observablehq\/plot|d3-geo|topojson-client|world-atlas)\b/, 'graphiql'],
  [/^yazl$/, 'export'],
  [/^@electric-sql\/pglite$/, 'database'],
  [/^@mikro-orm\/(?:migrations|pglite|postgresql)$/, 'database'],
];

const LONGEST_FILE = 150;

/** Files that are longer, and why they are one thing all the same. */
const LONG_FILES: Record<string, string> = {
  'config.ts': 'every setting with its rule, its default and what it comes to: one table, read by row',
  'graph/operators.ts':
    'the operators of all filters, each a few lines of SQL and its input type; a table, read by column',
  'graph/listing.ts':
    'a page at the root and a page under a parent share plan, order and cursor; apart they would drift',
  'graph/execute/execution.ts': 'one run of a plan: completing a value leads to fields, and fields to values',
  'graph/filter.ts': 'how filters are declared and how they become SQL: each half makes no sense without the other',
  'graph/order.ts': 'the two enums and the input type take a third of it',
  'partnership/partnership.enums.ts':
    'the enums of a tie, each value with its meaning and its names; a table, read by row',
  'partnership/partnership.groups.ts': 'one table of dimensions and the group type it fills, with its descriptions',
  'exchange/exchange.groups.ts': 'one table of dimensions and the group type it fills, with its descriptions',
  'change/stream.ts': 'the one loop that reads the log, and those who follow it, share three positions',
  'server/fanout.ts': 'following a document and sharing its events is one promise: each once, resolved once',
  'server/apollo.ts': 'what Apollo is told, plug-in by plug-in: each a few lines that mean nothing elsewhere',
  'server/websocket.ts': 'the adapter of one protocol to one socket library, hook by hook',
  'database/migrations/Migration20261124000000.ts': 'a migration is never edited once it ran',
};

interface Import {
  file: string;
  from: string;
  typeOnly: boolean;
}

const src = fileURLToPath(new URL('../src/', import.meta.url));
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

/** The part that a file of `src` belongs to. */
function partOf(file: string): string {
  const name = file.replace(/\.[jt]sx?$/, '');
  return PARTS.includes(name) ? name : (name.split('/')[0] as string);
}

/** The imports of our own files, with the file of `src` they lead to; above `src` it begins with `..`. */
const own = () =>
  imports
    .filter(({ from }) => from.startsWith('.'))
    .map(({ file, from, typeOnly }) => ({ file, to: posix.join(posix.dirname(file), from), typeOnly }));

test('the imports of the sources were found', () => {
  expect(texts.size).toBeGreaterThan(80);
  const files = new Set(own().map(({ file }) => file));
  for (const file of ['main.ts', 'schema.ts', 'database/open.ts', 'graph/listing.ts']) expect(files).toContain(file);
  const reached = new Set(own().map(({ to }) => to.replace(/\.js$/, '.ts')));
  const unread = own().filter(
    ({ to }) => !to.startsWith('..') && !texts.has(to.replace(/\.js$/, '.ts')) && !/\.(?:css|svg|js)$/.test(to),
  );
  expect(unread).toEqual([]);
  // Whatever nobody imports is an entry, or was overlooked.
  const entries = /^(?:main|start|export\/worker|commands\/\w+|graphiql\/(?:main|vite\.config|outlines\.d))\.tsx?$/;
  expect(
    [...texts.keys()].filter(file => !reached.has(file) && !reached.has(file.replace(/x$/, '')) && !entries.test(file)),
  ).toEqual([]);
});

test('every part has its place', () => {
  const parts = new Set([...texts.keys()].map(partOf));
  expect([...parts].filter(part => !PARTS.includes(part) && part !== 'graphiql')).toEqual([]);
});

test('imports run one way: main, server, schema, concepts in the order of the foreign keys, graph', () => {
  const wrong = own().filter(({ file, to, typeOnly }) => {
    const [importer, imported] = [partOf(file), partOf(to)];
    if (importer === 'graphiql' || imported === importer || to.startsWith('..')) return false;
    // It holds types only and is erased: what every resolver gets names classes of later parts.
    if (importer === 'context' && typeOnly) return false;
    return PARTS.indexOf(imported) === -1 || PARTS.indexOf(imported) > PARTS.indexOf(importer);
  });
  expect(wrong).toEqual([]);
});

test('what is nobody else’s business is known to nobody else', () => {
  const wrong = own().filter(({ file, to }) => {
    const [importer, imported] = [partOf(file), partOf(to)];
    return importer !== imported && KNOWN_TO[imported]?.includes(importer) === false;
  });
  expect(wrong).toEqual([]);
});

test('the context is types, and is imported as such', () => {
  const wrong = own().filter(({ file, to, typeOnly }) => !typeOnly && [partOf(file), partOf(to)].includes('context'));
  expect(wrong).toEqual([]);
});

test('the sources import nothing of the tests or the seeds, and stay inside src', () => {
  expect(own().filter(({ to }) => to.startsWith('..'))).toEqual([]);
  const globs = [...texts].filter(([, text]) => text.includes('import.meta.glob')).map(([file]) => file);
  expect(globs.filter(file => file !== 'graphiql/questions.ts')).toEqual([]);
});

test('the page of the analysts is a front end of its own', () => {
  const wrong = own().filter(({ file, to }) => (partOf(file) === 'graphiql') !== (partOf(to) === 'graphiql'));
  expect(wrong).toEqual([]);
});

test('only the part it is for knows a package of transport, database or page', () => {
  const wrong = imports.filter(({ file, from }) =>
    ONLY_IN.some(([known, ...parts]) => known.test(from) && !parts.includes(partOf(file))),
  );
  expect(wrong).toEqual([]);
  for (const [known, ...parts] of ONLY_IN) {
    expect(imports.some(({ file, from }) => known.test(from) && parts.includes(partOf(file)))).toBe(true);
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
        /^(?:main|commands\/\w+)\.ts$/.test(file) &&
        /\b(?:read|shown)Config\(process\.env\)/.test(line) &&
        line.split('process').length === 2
      ),
  );
  expect(wrong).toEqual([]);
  expect(readers.length).toBeGreaterThan(0);
});

test('nothing is exported without a name', () => {
  const wrong = [...texts].filter(
    ([file, text]) => file !== 'graphiql/vite.config.ts' && /^export default\b|\bas default\b/m.test(text),
  );
  expect(wrong.map(([file]) => file)).toEqual([]);
});

test(`a file of more than ${LONGEST_FILE} lines is two things, or has its reason here`, () => {
  const lines = (text: string) => text.trimEnd().split('\n').length;
  const long = [...texts].filter(([, text]) => lines(text) > LONGEST_FILE).map(([file]) => file);
  expect(long.sort()).toEqual(Object.keys(LONG_FILES).sort());
});
