// Writes the client package to dist/client-package: one file for each export, as small as it gets, and a manifest. It has the
// name of the repository, so that a program imports the same names from either.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { parseSync } from 'vite';

const FOLDER = 'dist/client-package';
const ENTRIES = {
  index: 'dist/client/index.js',
  questions: 'dist/client/generated/questions.js',
  'file-store': 'dist/client/file-store.js',
  'indexeddb-store': 'dist/client/indexeddb-store.js',
  scalars: 'dist/client/scalars.js',
};

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const bundle = await rolldown({ input: ENTRIES, external: [/^node:/, 'graphql-ws'], platform: 'neutral' });
await bundle.write({ dir: FOLDER, minify: true, entryFileNames: '[name].js', chunkFileNames: '[name].js' });

/** Returns the declarations of a file and of all that it imports, by their names. */
function declarationsOf(path, collected = new Map(), seen = new Set()) {
  if (seen.has(path)) return collected;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  let end = 0;
  for (const statement of parseSync(path, text).program.body) {
    const { source, declaration } = statement;
    if (source?.value.startsWith('.')) {
      declarationsOf(join(dirname(path), source.value.replace(/\.js$/, '.d.ts')), collected, seen);
    }
    const { id, declarations: [variable] = [] } = declaration ?? statement;
    const { name } = id ?? variable?.id ?? {};
    // With its comment, which is the last one before it.
    const between = text.slice(end, statement.start);
    const comment = between.trimEnd().endsWith('*/') ? between.slice(between.lastIndexOf('/**')) : '';
    if (name) collected.set(name, { comment, text: text.slice((declaration ?? statement).start, statement.end) });
    ({ end } = statement);
  }
  return collected;
}

const withoutComments = text =>
  text
    .split('/**')
    .map((part, n) => (n === 0 ? part : part.slice(part.indexOf('*/') + 2)))
    .join('');

/** Returns what is needed of declarations for the given names, on few lines; only those names are exported, with their comments. */
function declarationFile(declarations, names) {
  const needed = new Set(names);
  // The set grows while it is read. A type begins with a capital, and what a comment mentions is not needed.
  for (const name of needed) {
    const text = withoutComments(declarations.get(name)?.text ?? '');
    for (const [word] of text.matchAll(/\b[A-Z]\w+/g)) if (declarations.has(word)) needed.add(word);
  }
  const lines = [...declarations]
    .filter(([name]) => needed.has(name))
    .map(
      ([name, { comment, text }]) =>
        `${names.includes(name) ? `${comment}export ` : ''}${text.replace(/\n +(?! *\*)/g, ' ')}\n`,
    );
  return `${lines.join('')}export {};\n`;
}

const index = declarationsOf('dist/client/index.d.ts');
const publicNames = [...readFileSync('dist/client/index.d.ts', 'utf8').matchAll(/\{([^{}]*)\}/g)]
  .flatMap(([, list]) => list.match(/\w+/g))
  .filter(name => index.has(name));
writeFileSync(`${FOLDER}/index.d.ts`, declarationFile(index, publicNames));

const questions = declarationsOf('dist/client/generated/questions.d.ts');
// An editor shows the document itself; the questions in words would take a tenth of the package.
for (const declaration of questions.values()) declaration.comment = '';
questions.delete('TypedDocument');
const types = declarationFile(
  questions,
  [...questions.keys()].filter(name => !/Fragment$|^Exact$|^Incremental$/.test(name)),
);
writeFileSync(`${FOLDER}/questions.d.ts`, `import type { TypedDocument } from './index.js';\n${types}`);

for (const name of ['file-store', 'indexeddb-store', 'scalars']) {
  const text = readFileSync(`dist/client/${name}.d.ts`, 'utf8');
  writeFileSync(`${FOLDER}/${name}.d.ts`, text.replace(/from '\.[^']+'/g, "from './index.js'"));
}
copyFileSync('src/client/possible-types.json', `${FOLDER}/possible-types.json`);
copyFileSync('LICENSE', `${FOLDER}/LICENSE`);
writeFileSync(
  `${FOLDER}/README.md`,
  `# stedenband

A client of the register of the ties between Dutch and Chinese local governments, without framework: it asks, reads past moments, follows changes and keeps a copy. Its README is src/client/README.md of the repository.
`,
);

const { version, license, engines, dependencies, exports: exported } = JSON.parse(readFileSync('package.json', 'utf8'));
const fileOf = path => path.replace('./dist/client/generated/', './').replace('./dist/client/', './');
const paths = Object.entries(exported).filter(([path]) => path.startsWith('./client') && !path.endsWith('.graphql'));
const manifest = {
  name: 'stedenband',
  version,
  license,
  description: 'A client of the register of the ties between Dutch and Chinese local governments.',
  type: 'module',
  sideEffects: false,
  engines,
  // TypeScript looks for the declarations beside each file.
  exports: Object.fromEntries(
    paths.map(([path, target]) => [
      path,
      typeof target === 'string' ? target.replace('./src/client/', './') : fileOf(target.default),
    ]),
  ),
  dependencies: { 'graphql-ws': dependencies['graphql-ws'] },
};
writeFileSync(`${FOLDER}/package.json`, `${JSON.stringify(manifest)}\n`);

const { stdout, status } = spawnSync('npm', ['pack', '--json', '--pack-destination', '.'], {
  cwd: FOLDER,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (status !== 0) process.exit(1);
const [{ filename, size, files }] = JSON.parse(stdout);
// The name that npm gives is that of the release.
const file = `dist/stedenband-client-${version}.tgz`;
renameSync(`${FOLDER}/${filename}`, file);
console.log(`${file}: ${size} bytes, ${files.length} files`);
