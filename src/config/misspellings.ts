import { SECRET_FILES, settingNames } from './settings.js';

/** Names of up to this many letters may differ by one letter from a setting, longer ones by two. */
const MAX_SHORT_NAME = 8;

/**
 * Returns a problem for each name that is nearly a setting: `DATABASE_ULR`, `RATE_LIMITS`, `database_url`. A name with a
 * further word, such as `DATABASE_URL_REPLICA` or `TEST_DATABASE_URL`, is one of another program.
 */
export function misspelledNames(names: string[]): string[] {
  const settings = [...settingNames, ...SECRET_FILES.keys()].map(spellingOf);
  return names.flatMap(name => {
    if (settings.some(setting => setting.name === name)) return [];
    const [file] = /^.+(?=_FILE$)/.exec(name) ?? [];
    if (file !== undefined && settingNames.includes(file)) {
      return [`${name} is not a setting: only ${[...SECRET_FILES.values()].join(', ')} can be read from a file`];
    }
    const written = spellingOf(name);
    const intended = settings.find(setting => isMisspelling(written, setting));
    return intended === undefined ? [] : [`${name} is not a setting; did you mean ${intended.name}`];
  });
}

interface Spelling {
  name: string;
  letters: string;
}

/** Computed once of each name: each start compares all names with all settings. */
function spellingOf(text: string): Spelling {
  const name = text.toUpperCase();
  return { name, letters: name.replaceAll('_', '') };
}

function isMisspelling({ name, letters }: Spelling, { name: setting, letters: intended }: Spelling): boolean {
  const isLonger = name.length > setting.length;
  if (isLonger && (name.startsWith(`${setting}_`) || name.endsWith(`_${setting}`))) {
    return /^_*$/.test(name.replace(setting, ''));
  }
  const maximum = intended.length <= MAX_SHORT_NAME ? 1 : 2;
  return Math.abs(letters.length - intended.length) <= maximum && isWithin(maximum, letters, intended);
}

/**
 * Checks whether so many letters are added, removed, replaced or swapped with the next at most (optimal string alignment).
 * Each start does it for all names and settings, so it ends at the first row that is beyond the maximum: no later one is less.
 */
function isWithin(maximum: number, a: string, b: string): boolean {
  let [beforePrevious, previous]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + cost);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) distance = Math.min(distance, at(beforePrevious, j - 2) + 1);
      row.push(distance);
    }
    if (Math.min(...row) > maximum) return false;
    [beforePrevious, previous] = [previous, row];
  }
  return at(previous, b.length) <= maximum;
}

const at = (row: number[], index: number) => row[index] as number;
