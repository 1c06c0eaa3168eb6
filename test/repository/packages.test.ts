import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { beforeAll, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);

/** Front ends and scripts of the build: their packages are not needed to run what was built. */
const BUILD_ONLY = /^src\/(?:graphiql|build)\//;
/** Packages that a library loads by itself, each with the reason. */
const INDIRECT: Record<string, string> = {
  '@mikro-orm/sql': 'of the drivers',
  'class-validator': 'type-graphql requires it when it is loaded',
  kysely: 'of MikroORM',
  node: 'the Node.js that npm runs the scripts with',
};

/** An import of a value: a statement with or without names, or a call. */
const IMPORT =
  /^(?:import|export)\b(?! type\b)[^;'"=]*?\bfrom ['"]([^'"]+)['"]|^import ['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/gm;
/** Packages that the bundle imports on demand only, each with the reason. */
const NEVER_LOADED: Record<string, string> = {
  'pg-native': 'another driver that pg can use',
  bufferutil: 'ws uses it if it is installed',
  'utf-8-validate': 'ws uses it if it is installed',
};

let manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> };
/** The packages that the sources import, with the files. */
const imported = new Map<string, string[]>();

beforeAll(async () => {
  manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  for (const entry of await readdir(new URL('src', root), { recursive: true })) {
    const file = `src/${entry.replaceAll('\\', '/')}`;
    if (!/\.(?:tsx?|mjs|css)$/.test(file)) continue;
    const text = await readFile(new URL(file, root), 'utf8');
    for (const [, from, alone, dynamic] of text.matchAll(IMPORT)) {
      const path = from ?? alone ?? dynamic ?? '';
      if (/^(?:\.|node:|virtual:)/.test(path) || builtinModules.includes(path)) continue;
      const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
      imported.set(name, [...(imported.get(name) ?? []), file]);
    }
  }
});

test('what runs is in dependencies, what only builds is in devDependencies', () => {
  expect(imported.size).toBeGreaterThan(30);
  const runs = [...imported].filter(([, files]) => files.some(file => !BUILD_ONLY.test(file))).map(([name]) => name);
  expect(runs.filter(name => !(name in manifest.dependencies))).toEqual([]);
  const needed = new Set([...runs, ...Object.keys(INDIRECT)]);
  expect(Object.keys(manifest.dependencies).filter(name => !needed.has(name))).toEqual([]);
  expect(
    [...imported.keys()].filter(name => !(name in manifest.dependencies || name in manifest.devDependencies)),
  ).toEqual([]);
});

test('what the bundle leaves outside is in dependencies', async () => {
  const external = new Set<string>();
  const folder = new URL('dist/bundle/', root);
  for (const name of await readdir(folder)) {
    const text = await readFile(new URL(name, folder), 'utf8');
    for (const [, from, alone, dynamic] of text.matchAll(IMPORT)) external.add(from ?? alone ?? dynamic ?? '');
  }
  const packages = [...external]
    .filter(path => !/^(?:\.|node:)/.test(path) && !builtinModules.includes(path))
    .map(path => path.split('/', path.startsWith('@') ? 2 : 1).join('/'));
  expect(packages).toContain('pg-native');
  const missing = packages.filter(name => !(name in manifest.dependencies) && !(name in NEVER_LOADED));
  expect([...new Set(missing)]).toEqual([]);
});
