import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Openings of a comment that names no technical thing. */
const OPENING = /^(?:What|Who|Whoever|Whose|Whom|Whatever|Where|When|Whenever|How|Whether)\b/;
/** Words of a dialect that nobody searches for. */
const WORDS = /\b(?:kept|askers?|told|whoever|whomever)\b/i;
/** Names of things that have a type name, and constants without the standard prefix. */
const NAMES = /^(?:its|one|found|given|known|(?:MOST|LONGEST|LARGEST|DEEPEST)(?:_[A-Z_]+)?)$/;

/** Lists comments and names of a file that break a rule of language, as `file:line: text`. */
function violations(file: string): string[] {
  const text = readFileSync(root + file, 'utf8');
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length) throw new Error(`${file}: ${errors[0]?.message}`);
  const places: string[] = [];
  const report = (start: number, what: string) =>
    places.push(`${file}:${text.slice(0, start).split('\n').length}: ${what}`);

  let end = -1;
  for (const { type, value, start, end: commentEnd } of comments) {
    // A line below a line comment continues it.
    const continues = type === 'Line' && end >= 0 && /^\s*\n\s*$/.test(text.slice(end, start).replace(/[^\S\n]/g, ''));
    end = type === 'Line' ? commentEnd : -1;
    const words = value.replaceAll(/^[\s*]+/gm, '').trim();
    if (/^(?:biome-ignore|@)/.test(words)) continue;
    if (!continues && OPENING.test(words)) report(start, words.slice(0, 60));
    if (WORDS.test(words)) report(start, words.slice(0, 100));
  }

  const reportName = ({ name, start }: { name: string; start: number }) => {
    if (NAMES.test(name)) report(start, `name ${name}`);
  };
  new Visitor({ Identifier: reportName }).visit(program);
  return places;
}

test('comments and names speak the language of the field', () => {
  const files = execFileSync('git', ['ls-files', 'src', 'test'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(file => /\.(?:tsx?|mjs)$/.test(file));
  expect(files.length).toBeGreaterThan(400);
  expect(files.flatMap(violations)).toEqual([]);
});
