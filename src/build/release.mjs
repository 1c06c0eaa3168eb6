// Writes the release, dist/stedenband-<version>.tgz: what runs with node alone. Two runs on one commit write the same bytes.
// An argument is the folder to write to instead of dist.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  createWriteStream,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import { billOf, noticesOf, packagesOf } from './release-parts.mjs';
import { writeBundles } from './server-bundle.mjs';

const { name, version, license, description, engines, scripts, dependencies } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const PGLITE = '@electric-sql/pglite';
/** The build before each command of this repository. */
const BUILD_FIRST = 'node src/build/build.mjs --run && ';
const target = resolve(process.argv[2] ?? 'dist');
mkdirSync(target, { recursive: true });
const work = mkdtempSync(join(target, '.release-'));
process.once('exit', () => rmSync(work, { recursive: true, force: true }));
const release = join(work, `${name}-${version}`);

/** Returns the seconds since 1970 of the commit, or of the environment: files and the initial database have this time. */
function releaseTime() {
  const setting = process.env.SOURCE_DATE_EPOCH;
  const text = setting ?? spawnSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' }).stdout?.trim();
  if (/^\d{1,11}$/.test(text ?? '')) return text;
  console.error(
    setting === undefined
      ? 'A release has the time of its commit, and git does not tell it: set SOURCE_DATE_EPOCH, in seconds since 1970.'
      : `SOURCE_DATE_EPOCH is a number of seconds since 1970; got ${JSON.stringify(setting)}.`,
  );
  process.exit(1);
}
const time = releaseTime();

/** Writes an archive of a folder with fixed times, owners, modes and order. */
function archive(file, folder, paths) {
  const mtime = new Date(Number(time) * 1_000);
  // The files have the modes of the umask that they were built with, under which another user may not read them.
  const filter = (_, stat) => {
    stat.mode = (stat.mode & ~0o777) | (stat.isDirectory() ? 0o755 : 0o644);
    return true;
  };
  // The order of `paths`, which has each folder before its files.
  const options = { cwd: folder, portable: true, mtime, filter, noDirRecurse: true, gzip: { level: 9 } };
  return pipeline(create(options, paths.sort()), createWriteStream(file));
}

const filesIn = (folder, pattern = '**') =>
  globSync(pattern, { cwd: folder }).filter(path => path !== '.' && path !== '');

function copy(from, to = from) {
  mkdirSync(dirname(join(release, to)), { recursive: true });
  cpSync(from, join(release, to), { recursive: true });
}

/** Creates the initial database with a clock that stands still, and adds its dump. */
async function addSnapshot() {
  const folder = join(work, 'snapshot');
  const args = ['--import', './src/build/fixed-clock.mjs', 'dist/commands/snapshot.js', folder];
  const env = { PATH: process.env.PATH, TZ: 'UTC', SOURCE_DATE_EPOCH: time };
  const { status } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('The initial database could not be created.');
  await archive(join(release, 'dist/snapshot.tar.gz'), folder, filesIn(folder));
}

const runs = Object.entries(scripts).filter(([, script]) => script.startsWith(BUILD_FIRST));
const commands = runs.flatMap(([, script]) => /dist\/commands\/([\w-]+)\.js/.exec(script)?.[1] ?? []);

mkdirSync(join(release, 'dist'), { recursive: true });
const modules = await writeBundles(join(release, 'dist'), commands);
await addSnapshot();
for (const path of [
  'dist/start.js',
  'dist/start-bundle.js',
  'dist/load-bundle.js',
  'dist/export/worker.js',
  ...commands.map(command => `dist/commands/${command}.js`),
  'dist/database/embedded/thread.js',
  'dist/questions.json',
  'dist/outlines.json',
  'seeds',
  'LICENSE',
])
  copy(path);
for (const page of ['dist/graphiql', 'dist/embed']) {
  for (const file of filesIn(page, '**/*.*').filter(path => statSync(join(page, path)).isFile()))
    copy(join(page, file));
}
for (const file of ['package.json', 'LICENSE', ...filesIn(`node_modules/${PGLITE}`, 'dist/*.{wasm,data}')]) {
  copy(`node_modules/${PGLITE}/${file}`);
}
copy('src/server/operate', 'operate');
copyFileSync('src/server/operate/RELEASE.md', join(release, 'README.md'));
const manifest = {
  name,
  version,
  private: true,
  license,
  description,
  type: 'module',
  engines,
  scripts: Object.fromEntries(runs.map(([script, text]) => [script, text.slice(BUILD_FIRST.length)])),
  dependencies: { [PGLITE]: dependencies[PGLITE] },
  bundleDependencies: [PGLITE],
};
const packages = packagesOf(modules);
writeFileSync(join(release, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
writeFileSync(join(release, 'THIRD-PARTY-LICENSES.txt'), noticesOf(packages));
writeFileSync(join(release, 'sbom.cdx.json'), `${JSON.stringify(billOf(packages), null, 2)}\n`);

const paths = [`${name}-${version}`, ...filesIn(work, `${name}-${version}/**/*`)];
const file = join(target, `${name}-${version}.tgz`);
const unfinished = join(work, 'release.tgz');
await archive(unfinished, work, [...new Set(paths)]);
// Whole or not at all: a release that was made before stays until then.
renameSync(unfinished, file);
const bytes = paths.reduce(
  (sum, path) => sum + (statSync(join(work, path)).isFile() ? statSync(join(work, path)).size : 0),
  0,
);
console.log(`${file}: ${statSync(file).size} bytes, ${bytes} unpacked, ${packages.length} packages.`);
