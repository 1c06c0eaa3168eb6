// Builds what is out of date, step by step. `npm start` runs it first; without changes it takes a few milliseconds.
// Standard output stays empty: the server prints its URLs there.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, statSync, writeFileSync } from 'node:fs';

const started = Date.now();
let isBuilding = false;

const modified = file => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Runs a step if an input is newer than its stamp file, which is written after each successful run. */
function build(name, label, patterns, command, ...args) {
  const stamp = `dist/.built-${name}`;
  const inputs = ['package-lock.json', 'tsconfig.json', ...globSync(patterns)];
  if (Math.max(...inputs.map(modified)) < modified(stamp)) return;
  if (!isBuilding) console.error('Building…');
  isBuilding = true;
  console.error(`- ${label}`);
  const { status, error } = spawnSync(command, args, { stdio: ['inherit', process.stderr, process.stderr] });
  if (error) console.error(`${command} cannot be run: ${error.message}.`);
  if (status !== 0) process.exit(1);
  mkdirSync('dist', { recursive: true });
  writeFileSync(stamp, '');
}

/** Everything that determines the initial database. */
const DATABASE_INPUTS = [
  'seeds/*.json',
  'src/commands/snapshot.ts',
  'src/database/**/*.ts',
  'src/graph/**/*.ts',
  'src/{access,authority,change,exchange,organisation,partnership,programme,source}/*.ts',
];

build('server', 'compiling the server', ['src/**/*.ts'], 'tsc', '-p', 'src');
build(
  'graphiql',
  'bundling the GraphiQL page',
  ['src/graphiql/**', 'test/questions/*'],
  'vite',
  'build',
  '--config',
  'src/graphiql/vite.config.ts',
  '--logLevel',
  'warn',
);
build(
  'compressed',
  'compressing the GraphiQL page',
  ['src/build/compress.mjs', 'dist/.built-graphiql'],
  'node',
  'src/build/compress.mjs',
);
build('bundle', 'bundling the server', ['src/build/bundle.mjs', 'dist/.built-server'], 'node', 'src/build/bundle.mjs');
build('snapshot', 'creating the initial database', DATABASE_INPUTS, 'node', 'dist/commands/snapshot.js');
build(
  'first-start',
  'filling the compile cache',
  ['src/build/first-start.mjs', 'dist/.built-{bundle,snapshot}'],
  'node',
  'src/build/first-start.mjs',
);
if (isBuilding) console.error(`Built in ${((Date.now() - started) / 1_000).toFixed(1)} s.`);
