import { createHash } from 'node:crypto';
import { LICENCE } from '../../export/attribution.js';
import type { Position } from '../../export/format.js';
import type { ExportRequest } from '../../export/request.js';
import type { Statements } from '../../export/table.js';
import { today } from '../../graph/types/partial-date.js';
import type { Tags } from '../cache/cache-tags.js';
import type { Encoding } from '../http/content-encoding.js';
import { etagIn } from '../http/prepared-response.js';

/** Allows caching with revalidation by ETag each time: an export is valid until the next change of the register. */
const CACHE_CONTROL = 'no-cache';

/**
 * Returns the strong ETag of an export in an encoding: a hash of the newest change in it and of everything else that
 * determines its bytes. This includes the SQL statement, so a new column changes the tag.
 */
export function exportTag(
  request: ExportRequest,
  { rows }: Statements,
  position: Position,
  encoding: Encoding,
): string {
  const { selection, filter, separator } = request;
  const content = JSON.stringify([position, selection.format.extension, separator, filter, rows.text, rows.values]);
  return etagIn(encoding, `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`);
}

/** Returns the headers of an export that a 304 has too. */
export const cachingHeaders = (tag: string, vary: string, tags: Tags | undefined): Record<string, string> => ({
  'cache-control': CACHE_CONTROL,
  etag: tag,
  vary,
  ...(tags && { [tags[0]]: tags[1] }),
});

/** Returns the headers of an export. Its file name is table and date: `stedenband-partnerships-2026-11-25.csv`. */
export function exportHeaders(
  { selection }: ExportRequest,
  encoding: Encoding,
  caching: Record<string, string>,
): Record<string, string> {
  const { table, format } = selection;
  return {
    'content-type': format.mediaType,
    'content-disposition': `attachment; filename="stedenband-${table.name}-${today()}.${format.extension}"`,
    ...caching,
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    link: `<${LICENCE}>; rel="license"`,
  };
}
