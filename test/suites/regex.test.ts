import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

/** Regular expression, with a file that has it. */
interface Expression {
  pattern: string;
  flags: string;
  file: string;
}

/** Files that create regular expressions at run time, with the reason why that is safe. */
const DYNAMIC: Record<string, string> = {
  'change/versions.ts': 'the names of our tables as alternatives: no repetition',
  'redaction/rewriter.ts':
    'the words of a passage of an administrator, 200 characters at most: only what separates them repeats',
  'database/replicas/unlogged-tables.ts': 'the names of our tables as alternatives: no repetition',
};

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const scalars = join(dirname(createRequire(import.meta.url).resolve('graphql-scalars')), '../esm/scalars');

/** Parses a file. Returns its regular expressions, the number of those created at run time, and its imports. */
function parseFile(file: string) {
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'));
  if (errors.length) throw new Error(`${file}: ${errors[0]?.message}`);
  const expressions: Expression[] = [];
  const imports: { from: string; names: string[] }[] = [];
  let dynamicCount = 0;
  const countDynamic = ({ callee }: { callee: object }) => {
    if ('name' in callee && callee.name === 'RegExp') dynamicCount += 1;
  };
  new Visitor({
    Literal(node) {
      if ('regex' in node && node.regex) expressions.push({ ...node.regex, file });
    },
    CallExpression: countDynamic,
    NewExpression: countDynamic,
    ImportDeclaration({ source, specifiers }) {
      const names = specifiers.flatMap(specifier =>
        specifier.type === 'ImportSpecifier' && 'name' in specifier.imported ? [specifier.imported.name] : [],
      );
      imports.push({ from: source.value, names });
    },
  }).visit(program);
  return { file, expressions, imports, dynamicCount };
}

const ours = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => /\.(?:tsx?|mjs)$/.test(file))
  .map(file => parseFile(join(src, file)));

/** Yields the files of the scalars that we use from graphql-scalars, with their imports from that package. */
function* scalarFiles(): Generator<ReturnType<typeof parseFile>> {
  const all = readdirSync(scalars, { recursive: true, encoding: 'utf8' });
  const names = ours.flatMap(({ imports }) => imports.filter(({ from }) => from === 'graphql-scalars'));
  const pending = names
    .flatMap(({ names }) => names)
    .map(name => {
      const file = all.find(path => basename(path) === `${name.replace(/^GraphQL/, '')}.js`);
      if (!file) throw new Error(`graphql-scalars has no file for ${name}.`);
      return join(scalars, file);
    });
  for (const seen = new Set<string>(); pending.length; ) {
    const file = pending.pop() as string;
    if (seen.has(file)) continue;
    seen.add(file);
    const parsed = parseFile(file);
    yield parsed;
    for (const { from } of parsed.imports) if (from.startsWith('.')) pending.push(resolve(dirname(file), from));
  }
}
const theirs = [...scalarFiles()];

const expressions = new Map(
  [...ours, ...theirs]
    .flatMap(file => file.expressions)
    .map(expression => [`/${expression.pattern}/${expression.flags}`, expression]),
);

test('the regular expressions were found', () => {
  expect(ours.flatMap(file => file.expressions).length).toBeGreaterThan(20);
  expect(theirs.map(({ file }) => basename(file))).toContain('Latitude.js');
  expect(theirs.flatMap(file => file.expressions).length).toBeGreaterThan(2);
});

test('no regular expression is created at run time, except those with a reason', () => {
  const files = [...ours, ...theirs]
    .filter(({ dynamicCount }) => dynamicCount > 0)
    .map(({ file }) => relative(src, file));
  expect(files).toEqual(Object.keys(DYNAMIC));
});

test('no regular expression is vulnerable to ReDoS', async () => {
  const slow: object[] = [];
  for (const [expression, { pattern, flags, file }] of expressions) {
    const result = await check(pattern, flags);
    if (result.status !== 'safe') slow.push({ expression, file, ...result });
  }
  expect(slow).toEqual([]);
});

test('a vulnerable regular expression is reported', async () => {
  expect(await check('^(a+)+$', '')).toMatchObject({ status: 'vulnerable', complexity: { type: 'exponential' } });
});
