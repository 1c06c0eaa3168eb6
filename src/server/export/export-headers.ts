import { createHash } from 'node:crypto';
import { LICENCE } from '../../export/attribution.js';
import type { Position } from '../../export/format.js';
import type { ExportRequest } from '../../export/request.js';
import type { Statements } from '../../export/table.js';
import { today } from '../../graph/types/partial-date.js';

/** Kept, and asked about each time: an export is right until the next change of the register. */
export const CACHING = 'no-cache';

/**
 * The strong ETag of an export: of the newest change that it holds, and of all that decides its bytes. The statement is
 * among that, so a new column is a new tag.
 */
export function exportTag({ selection, filter }: ExportRequest, { rows }: Statements, position: Position): string {
  const decisive = JSON.stringify([position, selection.format.extension, filter, rows.text, rows.values]);
  return `"${createHash('sha256').update(decisive).digest('base64url').slice(0, 22)}"`;
}

/** The headers of an export, whose name says what it holds and when it was taken. */
export function exportHeaders({ selection }: ExportRequest, tag: string): Record<string, string> {
  const { table, format } = selection;
  return {
    'content-type': format.mediaType,
    'content-disposition': `attachment; filename="stedenband-${table.name}-${today()}.${format.extension}"`,
    'cache-control': CACHING,
    etag: tag,
    link: `<${LICENCE}>; rel="license"`,
  };
}
