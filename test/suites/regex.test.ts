import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

/** A regular expression in use, and a file that it stands in. */
interface Expression {
  pattern: string;
  flags: string;
  file: string;
}

/** Files that make one as they are loaded, and of what. */
const MADE: Record<string, string> = {
  'change/versions.ts': 'the names of our tables, any of them as a whole word: it has no repetition',
};

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const scalars = join(dirname(createRequire(import.meta.url).resolve('graphql-scalars')), '../esm/scalars');

/** What a file says, read by a parser: its regular expressions, those it makes as it runs, and what it imports. */
function read(file: string) {
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'));
  if (errors.length) throw new Error(`${file}: ${errors[0]?.message}`);
  const expressions: Expression[] = [];
  const imports: { from: string; names: string[] }[] = [];
  let made = 0;
  const isMade = ({ callee }: { callee: object }) => {
    if ('name' in callee && callee.name === 'RegExp') made += 1;
  };
  new Visitor({
    Literal(node) {
      if ('regex' in node && node.regex) expressions.push({ ...node.regex, file });
    },
    CallExpression: isMade,
    NewExpression: isMade,
    ImportDeclaration({ source, specifiers }) {
      const names = specifiers.flatMap(its =>
        its.type === 'ImportSpecifier' && 'name' in its.imported ? [its.imported.name] : [],
      );
      imports.push({ from: source.value, names });
    },
  }).visit(program);
  return { file, expressions, imports, made };
}

const ours = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => /\.(?:tsx?|mjs)$/.test(file))
  .map(file => read(join(src, file)));

/** The scalars of graphql-scalars that we use, each a file, and what those import of their own package. */
function* scalarFiles(): Generator<ReturnType<typeof read>> {
  const all = readdirSync(scalars, { recursive: true, encoding: 'utf8' });
  const names = ours.flatMap(({ imports }) => imports.filter(({ from }) => from === 'graphql-scalars'));
  const left = names
    .flatMap(({ names }) => names)
    .map(name => {
      const file = all.find(path => basename(path) === `${name.replace(/^GraphQL/, '')}.js`);
      if (!file) throw new Error(`graphql-scalars has no file for ${name}.`);
      return join(scalars, file);
    });
  for (const seen = new Set<string>(); left.length; ) {
    const file = left.pop() as string;
    if (seen.has(file)) continue;
    seen.add(file);
    const its = read(file);
    yield its;
    for (const { from } of its.imports) if (from.startsWith('.')) left.push(resolve(dirname(file), from));
  }
}
const theirs = [...scalarFiles()];

const expressions = new Map(
  [...ours, ...theirs].flatMap(its => its.expressions).map(its => [`/${its.pattern}/${its.flags}`, its]),
);

test('the regular expressions were found', () => {
  expect(ours.flatMap(its => its.expressions).length).toBeGreaterThan(20);
  expect(theirs.map(({ file }) => basename(file))).toContain('Latitude.js');
  expect(theirs.flatMap(its => its.expressions).length).toBeGreaterThan(2);
});

test('none is made as the server runs, where it could not be checked, but what has its reason here', () => {
  const files = [...ours, ...theirs].filter(({ made }) => made > 0).map(({ file }) => relative(src, file));
  expect(files).toEqual(Object.keys(MADE));
});

test('no text can make one of them run for long', async () => {
  const slow: object[] = [];
  for (const [expression, { pattern, flags, file }] of expressions) {
    const found = await check(pattern, flags);
    if (found.status !== 'safe') slow.push({ expression, file, ...found });
  }
  expect(slow).toEqual([]);
});

test('one that could is found', async () => {
  expect(await check('^(a+)+$', '')).toMatchObject({ status: 'vulnerable', complexity: { type: 'exponential' } });
});
