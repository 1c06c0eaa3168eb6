// Bundles the compiled server and its commands with their packages.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const graphqlFolder = dirname(fileURLToPath(import.meta.resolve('graphql')));

/**
 * Reads the exports of `node:http` when they are used. An import reads all of them, and `WebSocket` among them loads undici,
 * which no start needs.
 */
const httpOnDemand = {
  name: 'http-on-demand',
  resolveId: source => (source === 'node:http' ? '\0http' : undefined),
  load: id => (id === '\0http' ? `module.exports = process.getBuiltinModule('node:http');` : undefined),
};

/** Modules of graphql-js as packages name them: `graphql`, `graphql/index.js`, `graphql/execution`, `graphql/utilities/extendSchema.js`. */
const GRAPHQL = /^graphql(?:\/([\w/]+?))?(?:\.m?js)?$/;

/**
 * Takes the ES modules of graphql-js for packages that are CommonJS, too: their functions call each other without getters
 * between them. The bundle has one copy of it, so that it does not look for a second one, as it does outside of production.
 */
const graphqlModules = {
  name: 'graphql-modules',
  resolveId: source => {
    const [isOurs, path = 'index'] = GRAPHQL.exec(source) ?? [];
    const files = isOurs ? [`${path}.mjs`, `${path}/index.mjs`].map(file => join(graphqlFolder, file)) : [];
    return files.find(existsSync);
  },
  transform: (code, id) =>
    id === join(graphqlFolder, 'jsutils/instanceOf.mjs')
      ? `const process = { env: { NODE_ENV: 'production' } };${code}`
      : undefined,
};

/**
 * Modules of packages that take time to load, for nothing that a server uses: stores of fifteen other databases, and a check of
 * the version of graphql-js, which the lock file has.
 */
const SHORTER_MODULES = {
  'rate-limiter-flexible/index.js': ['RateLimiterMemory', 'RateLimiterPostgres', 'RateLimiterRes']
    .map(name => `exports.${name} = require('./lib/${name}');`)
    .join('\n'),
  'type-graphql/build/esm/utils/graphql-version.js':
    'export const ensureInstalledCorrectGraphQLPackage = () => undefined;',
};

const shorterModules = {
  name: 'shorter-modules',
  load: id => SHORTER_MODULES[id.split('/node_modules/').at(-1)],
};

const PGLITE_URL = `import { pgliteUrl } from ${JSON.stringify(resolve('dist/database/embedded/pglite-url.js'))};`;

/**
 * PGlite reads its WebAssembly and the files of PostgreSQL next to its module, which a bundle is not. Of a bundle that is loaded
 * with a code cache, Node.js imports modules with a warning, and more slowly than it returns those that it has.
 */
const pgliteModules = {
  name: 'pglite-modules',
  transform(code, id) {
    if (!id.includes('/@electric-sql/pglite/')) return;
    const text = code.replaceAll('import.meta.url', 'pgliteUrl');
    return PGLITE_URL + text.replaceAll(/\bimport\(("[\w/]+")\)/g, 'process.getBuiltinModule($1)');
  },
};

const escaped = unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Escapes all other characters, which a text of JavaScript can have: Node.js reads, encodes and hashes a bundle at each start,
 * and V8 stores it, in half the time and memory if it is ASCII.
 */
const asciiOnly = {
  name: 'ascii-only',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) chunk.code &&= chunk.code.replaceAll(/[^\0-\x7f]/g, escaped);
  },
};

/**
 * Puts what a start imports into two chunks, each with all its dependencies: what the entry imports, and the server, which the
 * entry loads later. Each chunk takes time to find, read and link, and by default there are more than thirty. The entry stays
 * out of both: it awaits the server, which would wait for it.
 */
const START_CHUNKS = [
  {
    debugName: 'entry',
    name: (id, context) => (context.getModuleInfo(id)?.importers.some(isEntry) ? 'entry' : undefined),
  },
  { name: 'server', test: /\/dist\/workers\/instance\.js$/ },
];

const isEntry = id => id.endsWith('/dist/main.js');

const THREADS = {
  'export-worker': 'dist/export/worker-main.js',
  'database-thread': 'dist/database/embedded/thread-main.js',
};

/**
 * `import.meta.resolve`, which CommonJS does not have: MikroORM uses it for optional packages, and catches its errors. And `eval`,
 * by which the WebAssembly of PGlite defines functions of JavaScript.
 */
const EXPECTED_LOGS = new Set(['EMPTY_IMPORT_META', 'EVAL']);

/**
 * Bundles compiled programs into the folder `bundle` of another, and returns the chunks. The names of the entries are those of the
 * programs. Dynamic imports become chunks of their own.
 */
async function bundle(input, folder) {
  const bundler = await rolldown({
    input,
    platform: 'node',
    plugins: [httpOnDemand, graphqlModules, shorterModules, pgliteModules, asciiOnly],
    // Not installed.
    external: [/^pg-native$/],
    onLog: (level, log, print) => !EXPECTED_LOGS.has(log.code) && print(level, log),
  });
  const { output } = await bundler.write({
    dir: join(folder, 'bundle'),
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    // Entities and GraphQL types are named after their classes.
    keepNames: true,
    // A release has the licences in a file of its own.
    comments: false,
    codeSplitting: { groups: START_CHUNKS },
  });
  await bundler.close();
  return output;
}

/**
 * Bundles the server, its threads and commands into the folder `bundle` of another, and returns the paths of all modules in
 * them. The chunks of the server are made for its start, and a command would load all of it: the others have their own.
 *
 * @param more Programs that share the chunks of the server, by their names.
 */
export async function writeBundles(folder, commands, more = {}) {
  const server = await bundle({ main: 'dist/main.js', ...more }, folder);
  const ofCommands = commands.map(name => [name, `dist/commands/main/${name}.js`]);
  const rest = await bundle({ ...THREADS, ...Object.fromEntries(ofCommands) }, folder);
  return [...server, ...rest].flatMap(({ moduleIds = [] }) => moduleIds);
}
