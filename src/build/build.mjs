// Builds what is out of date, and nothing when all is fresh: `npm start` begins with it.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, statSync, writeFileSync } from 'node:fs';

const timeOf = file => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Runs a build when an input is newer than what it made the last time; a stamp says when that was. */
function build(name, patterns, command, ...args) {
  const stamp = `dist/.built-${name}`;
  const inputs = ['package-lock.json', 'tsconfig.json', ...globSync(patterns)];
  if (Math.max(...inputs.map(timeOf)) < timeOf(stamp)) return;
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) console.error(`${command} cannot be run: ${error.message}.`);
  if (status !== 0) process.exit(1);
  mkdirSync('dist', { recursive: true });
  writeFileSync(stamp, '');
}

/** What the records of a new register are made by. */
const REGISTER = [
  'seeds/*.json',
  'src/commands/snapshot.ts',
  'src/database/**/*.ts',
  'src/graph/**/*.ts',
  'src/{access,authority,change,exchange,organisation,partnership,programme,source}/*.ts',
];

build('server', ['src/**/*.ts'], 'tsc', '-p', 'src');
build(
  'graphiql',
  ['src/graphiql/**', 'test/questions/*'],
  'vite',
  'build',
  '--config',
  'src/graphiql/vite.config.ts',
  '--logLevel',
  'warn',
);
build('compressed', ['src/build/compress.mjs', 'dist/.built-graphiql'], 'node', 'src/build/compress.mjs');
build('bundle', ['src/build/bundle.mjs', 'dist/.built-server'], 'node', 'src/build/bundle.mjs');
build('snapshot', REGISTER, 'node', 'dist/commands/snapshot.js');
build(
  'first-start',
  ['src/build/first-start.mjs', 'dist/.built-{bundle,snapshot}'],
  'node',
  'src/build/first-start.mjs',
);
