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
