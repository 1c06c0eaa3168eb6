import type { SelectedField, Selection } from '../execute/plan.js';
import { columnOf, type EntityMetadata, storedProperties } from '../sql/columns.js';
import { type Language, sqlInLanguage } from '../types/names.js';

/** The part of a record that a statement reads. */
export interface RecordReads {
  /** The selection on the record; `undefined` if nothing of it is selected. */
  selection: Selection | undefined;
  /** Columns that are read in addition, as `@RequiresColumns` names them: `names`, `dutch.names`. */
  paths: readonly string[];
}

/** A column that a statement reads. */
export interface ReadColumn {
  /** The property that it becomes. */
  name: string;
  /** Returns its expression for a row with an alias: `a."names"`. */
  expression: (alias: string) => string;
}

/** Returns the columns that the selected fields read, and the id; all columns without `reads`. */
export function readColumns(meta: EntityMetadata, reads: RecordReads | undefined): ReadColumn[] {
  const languages = reads && requiredLanguages(reads).set('id', undefined);
  return storedProperties(meta)
    .filter(({ name }) => !languages || languages.has(name))
    .map(property => {
      const language = languages?.get(property.name);
      const expression = (alias: string) => {
        const column = columnOf(alias, property);
        return language ? sqlInLanguage(column, language) : column;
      };
      return { name: property.name, expression };
    });
}

/** Returns the property of the record itself in a path. */
export const firstOf = (path: string): string => path.split('.', 1)[0] as string;

/** Returns the columns that are read, each with the only language that is needed of its texts, if it is one. */
function requiredLanguages({ selection, paths }: RecordReads): Map<string, Language | undefined> {
  const languages = new Map<string, Language | undefined>();
  for (const field of selection?.fields.values() ?? []) {
    const language = languageRead(field);
    for (const column of requiredColumns(field).map(firstOf)) {
      const isFirst = !languages.has(column);
      languages.set(column, isFirst || languages.get(column) === language ? language : undefined);
    }
  }
  for (const path of paths) languages.set(firstOf(path), undefined);
  return languages;
}

/** Returns the language of a field that reads one (see `ReadsOneLanguage`), if it is the same in all places. */
export function languageRead({ definition, plans }: SelectedField): Language | undefined {
  if (!definition.extensions.readsOneLanguage) return undefined;
  const [language, ...others] = new Set(plans.map(plan => plan.constantArguments?.().language as Language | undefined));
  return others.length === 0 ? language : undefined;
}

export const requiredColumns = ({ definition }: SelectedField): readonly string[] =>
  (definition.extensions.requiredColumns as string[] | undefined) ?? [definition.name];

/** Returns the columns that the selected fields are computed from, and those that are read in addition. */
export const requiredPaths = ({ selection, paths }: RecordReads): string[] => [
  ...[...(selection?.fields.values() ?? [])].flatMap(requiredColumns),
  ...paths,
];
