import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RECIPE_NAMES, RECIPES, type RecipeName, recipe } from '../../src/recipes/recipes.js';
import type { FileSource, QuestionSource } from '../../src/recipes/source.js';
import { exportServer } from '../support/export.js';
import { inQuotes, questionsOf, rowsIn } from '../support/recipes.js';

const run = promisify(execFile);
const { url, get, ask } = exportServer();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-recipes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const PROGRAMS: Partial<Record<RecipeName, string>> = {
  curl: 'sh',
  python: 'python3',
  javascript: process.execPath,
  ...(spawnSync('python3', ['-c', 'import pandas']).status === 0 && { pandas: 'python3' }),
  ...(spawnSync('Rscript', ['-e', 'library(readr); library(httr2); library(jsonlite)']).status === 0 && {
    r: 'Rscript',
  }),
};
const RUN = Object.keys(PROGRAMS) as RecipeName[];

/** Runs a recipe as somebody who saved it does, and returns what it prints. */
async function output(name: RecipeName, code: string): Promise<string> {
  const file = RECIPES[name].fileName;
  await writeFile(join(folder, file), code);
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8' };
  const { stdout } = await run(PROGRAMS[name] as string, [file], { cwd: folder, env, timeout: 30_000 });
  return stdout;
}

const file = (name: string, parameters = ''): FileSource => ({
  kind: 'file',
  name,
  url: format => `${url()}/export/${name}.${format}${parameters}`,
});

describe.each(RUN)('the recipe %s', name => {
  test('reads a file', async () => {
    const printed = await output(name, recipe(name, file('exchanges'), ['stedenband', 'CC BY 4.0\nsecond line']));
    if (name === 'curl') {
      const saved = await run('cat', ['exchanges.csv'], { cwd: folder, maxBuffer: 10_000_000 });
      expect(saved.stdout).toBe(String(Buffer.from(await (await get('exchanges.csv')).arrayBuffer())));
    } else {
      const { data } = await ask('{ exchanges { totalCount } }');
      expect(printed).toContain(String((data.exchanges as { totalCount: number }).totalCount));
    }
  });

  test('reports a file that is refused', async () => {
    await expect(output(name, recipe(name, file('exchanges', '?filter=none')))).rejects.toThrow();
  });

  test.each(questionsOf('http://x').map(({ operationName, query }) => [operationName ?? query]))(
    'asks the question %s',
    async title => {
      const source = questionsOf(`${url()}/graphql`).find(
        ({ operationName, query }) => (operationName ?? query) === title,
      ) as QuestionSource;
      const printed = await output(name, recipe(name, source));
      const { data } = await ask(source.query, source.variables);
      if (name === 'pandas' || name === 'r') return expect(printed.length).toBeGreaterThan(20);
      return expect(JSON.parse(printed)).toEqual(name === 'curl' ? expect.objectContaining({ data }) : rowsIn(data));
    },
  );

  test('fails for a question that is refused', async () => {
    const source: QuestionSource = { kind: 'question', url: `${url()}/graphql`, query: '{ nothing }', variables: {} };
    await expect(output(name, recipe(name, source))).rejects.toThrow();
  });
});

test.skipIf(!PROGRAMS.pandas)('pandas reads days of all centuries, and codes as whole numbers', async () => {
  const path = join(folder, 'old.csv');
  await writeFile(path, '\ufeffid,gbCode,startedOn.earliest,endedOn.latest\na,340000,1590-01-01,\nb,,,\n');
  const source: FileSource = { kind: 'file', name: 'old', url: () => path };
  const lines = (await output('pandas', recipe('pandas', source))).trim().split('\n');
  expect(lines.map(line => line.trim().split(/ +/))).toEqual([
    ['id', 'gbCode', 'startedOn.earliest', 'endedOn.latest'],
    ['0', 'a', '340000', '1590-01-01', 'NaT'],
    ['1', 'b', '<NA>', 'NaT', 'NaT'],
  ]);
});

test('the machine runs the recipes of a shell, of Python and of JavaScript', () => {
  expect(RUN).toEqual(expect.arrayContaining(['curl', 'python', 'javascript']));
});

test('Python reads a question with quotes at its end, and those of a text in blocks', async () => {
  const query = '{\n programmes(filter: { text: """a \\ """ }) { totalCount }\n}\n# """';
  const source: QuestionSource = { kind: 'question', url: `${url()}/graphql`, query, variables: {} };
  expect(JSON.parse(await output('python', recipe('python', source)))).toEqual({ totalCount: expect.any(Number) });
});

describe('every recipe', () => {
  test.each(RECIPE_NAMES)('%s has the address, and a comment that no line of a note ends', name => {
    const code = recipe(name, file('programmes'), ['one\ntwo\u2028three']);
    const { comment } = RECIPES[name];
    expect(code.split('\n').slice(0, 3)).toEqual(['one', 'two', 'three'].map(line => `${comment} ${line}`));
    expect(code).toContain(`${url()}/export/programmes.`);
  });

  test('of Power Query and R has the texts of a question between their quotes', () => {
    const query = '{ programmes(filter: { name: { eq: ")\\"#(lf)" } }) { totalCount } }';
    const source: QuestionSource = { kind: 'question', url: 'http://x/graphql', query, variables: { a: 'b' } };
    const body = JSON.stringify({ query, variables: { a: 'b' } });
    expect(inQuotes('powerQuery', recipe('powerQuery', source))).toContain(body);
    expect(inQuotes('r', recipe('r', source))).toContain(body);
  });
});
