import { parse } from 'graphql';
import type { FileSource, QuestionSource, RecipeSource } from '../../recipes/source.js';
import { type ExportFormat, exportLink } from './export-link.js';
import { type KnownAt, withKnownAt } from './known-at.js';
import { operationOf } from './operation-request.js';

/** The texts of a tab, of which none may be a document or JSON yet. */
interface TabTexts {
  query?: string | null | undefined;
  variables?: string | null | undefined;
  operationName?: string | null | undefined;
}

/**
 * Returns what code can be made for: the question of a tab, and its list as a file if it has one.
 *
 * @param base The absolute address of the page.
 * @returns Nothing while the texts are no query, or no JSON.
 */
export function codeSources(tab: TabTexts, base: string, knownAt: KnownAt | undefined): RecipeSource[] {
  const { query, operationName } = tab;
  if (!query?.trim()) return [];
  const absolute = (path: string) => new URL(withKnownAt(path, knownAt), base).href;
  try {
    if (operationOf(parse(query), operationName ?? undefined)?.operation !== 'query') return [];
    const variables = tab.variables?.trim() ? (JSON.parse(tab.variables) as QuestionSource['variables']) : {};
    const question = { kind: 'question' as const, query, variables, ...(operationName && { operationName }) };
    const link = exportLink(question);
    const url = (format: string) => absolute(link?.url(format as ExportFormat, false) ?? '');
    const files: FileSource[] = link ? [{ kind: 'file', name: link.name, url }] : [];
    return [{ ...question, url: absolute('graphql') }, ...files];
  } catch {
    return [];
  }
}
