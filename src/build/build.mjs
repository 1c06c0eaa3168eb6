// Builds what is out of date, step by step; without changes it takes a few milliseconds. Standard output stays empty: the
// server prints its URLs there. With `--run`, before a command of package.json: an installation without build tools, and
// production, run what was built.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { lockBuild } from './lock.mjs';
import { modified } from './modified.mjs';

const isRun = process.argv.includes('--run');
const isProduction = process.env.NODE_ENV === 'production';

/** Everything that determines the initial database. */
const DATABASE_INPUTS = [
  'seeds/*.json',
  'src/commands/main/snapshot.ts',
  'src/database/**/*.ts',
  'src/graph/**/*.ts',
  'src/{access,authority,change,exchange,organisation,partnership,programme,source}/*.ts',
];

/** The rooms and files that the page and its embedded views are bundled from. */
const PAGE_INPUTS = ['src/{graphiql,questions,recipes}/**', 'test/questions/*'];

/** The steps in their order: a step runs if an input is newer than its stamp, which each successful run writes. */
const STEPS = [
  { name: 'server', label: 'compiling the server', inputs: ['src/**/*.ts'], command: 'tsc -p src' },
  {
    name: 'types',
    label: 'declaring the types for clients',
    inputs: ['src/{client,testing}/*'],
    command: 'tsc -p src/client',
  },
  {
    name: 'graphiql',
    label: 'bundling the GraphiQL page',
    inputs: PAGE_INPUTS,
    command: 'vite build --config src/graphiql/vite.config.ts --logLevel warn',
  },
  {
    name: 'embed',
    label: 'bundling the embedded views',
    inputs: [...PAGE_INPUTS, 'schema.graphql'],
    command: 'vite build --config src/graphiql/embed/vite.config.ts --logLevel warn',
  },
  {
    name: 'compressed',
    label: 'compressing the pages',
    inputs: ['src/build/compress.mjs', 'dist/.built-{graphiql,embed}'],
    command: 'node src/build/compress.mjs',
  },
  {
    name: 'questions',
    label: 'collecting the questions',
    inputs: ['src/build/questions.mjs', 'test/questions/*'],
    command: 'node src/build/questions.mjs',
  },
  {
    name: 'outlines',
    label: 'drawing the outlines of the maps',
    inputs: ['src/build/outlines.mjs'],
    command: 'node src/build/outlines.mjs',
  },
  {
    name: 'bundle',
    label: 'bundling the server',
    inputs: ['src/build/{bundle,server-bundle}.mjs', 'dist/.built-server'],
    command: 'node src/build/bundle.mjs',
  },
  {
    name: 'snapshot',
    label: 'creating the initial database',
    inputs: DATABASE_INPUTS,
    command: 'node dist/commands/snapshot.js',
  },
  {
    name: 'first-start',
    label: 'filling the code cache',
    inputs: ['src/build/first-start.mjs', 'dist/.built-{bundle,snapshot}'],
    command: 'node src/build/first-start.mjs',
  },
];

const stampOf = ({ name }) => `dist/.built-${name}`;

function isOutOfDate(step) {
  const inputs = ['package-lock.json', 'tsconfig.json', ...globSync(step.inputs)];
  return Math.max(...inputs.map(modified)) >= modified(stampOf(step));
}

function runStep(step) {
  console.error(`- ${step.label}`);
  const [command, ...args] = step.command.split(' ');
  const { status, error } = spawnSync(command, args, { stdio: ['inherit', process.stderr, process.stderr] });
  if (error) console.error(`${command} cannot be run: ${error.message}.`);
  if (status !== 0) process.exit(1);
  mkdirSync('dist', { recursive: true });
  writeFileSync(stampOf(step), '');
}

/** Returns why nothing can be built, for one that runs the build in dist and for others; undefined if all is there. */
function obstacle() {
  // npm leaves the build tools out of production.
  const missing = ['typescript', 'vite', 'rolldown'].filter(name => {
    try {
      import.meta.resolve(name);
      return false;
    } catch {
      return true;
    }
  });
  const names = missing.join(', ');
  if (names) return [`${names} are not installed`, `The build tools are missing (${names}): ${INSTALL_AND_BUILD}`];
  try {
    mkdirSync('dist', { recursive: true });
    accessSync('dist', constants.W_OK);
    return undefined;
  } catch (error) {
    return [
      'it is out of date, and cannot be written',
      `dist cannot be written (${error.message}): build as a user that can`,
    ];
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const INSTALL_AND_BUILD = 'run "npm ci --include=dev && npm run build", then "npm prune --omit=dev" if you like';
const isBuilt = [
  'dist/start.js',
  'dist/bundle/main.cjs',
  'dist/snapshot',
  'dist/graphiql/index.html',
  'dist/embed/index.html',
  'dist/questions.json',
  'dist/outlines.json',
].every(existsSync);

if (isRun && isProduction) {
  if (!isBuilt)
    fail(`There is no complete build in dist, and with NODE_ENV=production none is made: ${INSTALL_AND_BUILD}.`);
} else if (STEPS.some(isOutOfDate)) {
  const [why, problem] = obstacle() ?? [];
  if (!problem) await build();
  else if (isRun && isBuilt) console.error(`Running the build in dist: ${why}.`);
  else fail(`${problem}.`);
}

async function build() {
  const started = Date.now();
  const unlock = await lockBuild('dist');
  // Another build may have done the work in the meantime. A step makes the following ones out of date.
  let isBuilding = false;
  for (const step of STEPS) {
    if (!isOutOfDate(step)) continue;
    if (!isBuilding) console.error('Building…');
    isBuilding = true;
    runStep(step);
  }
  unlock();
  if (isBuilding) console.error(`Built in ${((Date.now() - started) / 1_000).toFixed(1)} s.`);
}
