import type { IncomingMessage } from 'node:http';
import { routerHeader } from '../../access/router.js';
import { changeCursor } from '../../change/cursor.js';
import type { KnownAt } from '../../context.js';
import { LICENCE } from '../../export/attribution.js';
import type { ExportJob } from '../../export/export-file.js';
import type { Position } from '../../export/format.js';
import { ARCHIVE_NAME, type ExportRequest } from '../../export/request.js';
import { today } from '../../graph/types/partial-date.js';
import type { Tags } from '../cache/cache-tags.js';
import type { Encoding } from '../http/content-encoding.js';
import { isMomentInHeaderOnly } from '../http/known-at.js';
import { etagBy } from '../http/prepared-response.js';
import { type RegisterState, registerHeaders } from '../http/register-state.js';
import { FOREVER } from '../http/response.js';

/**
 * Returns the strong ETag of an export in an encoding: a hash of the newest change in it, of the newest redaction if
 * it is about the past, and of everything else that determines its bytes. This includes the SQL statement, so a new column changes the tag.
 */
export function exportTag(
  request: ExportRequest,
  { lists, descriptor }: Pick<ExportJob, 'lists' | 'descriptor'>,
  position: Position,
  encoding: Encoding,
  knownAt?: KnownAt,
): string {
  const { selection, filter, separator } = request;
  const { extension } = selection.format;
  const statements = lists.flatMap(({ rows }) => [rows.text, rows.values]);
  return etagBy(encoding, [position, extension, separator, filter, ...statements, knownAt?.text, descriptor]);
}

/** Returns the state of the register that an export is of. */
const stateOf = (position: Position, knownAt: KnownAt | undefined): RegisterState =>
  knownAt ? { cursor: knownAt.cursor, knownAt: knownAt.text } : { cursor: changeCursor(position), knownAt: null };

/**
 * Returns `Cache-Control` of an export: it is valid until the next change of the register, or for ever if it is about a
 * past moment; then a shared cache stores none that was requested with a key, by a router or by the header alone.
 */
function cacheControl(request: IncomingMessage, knownAt: KnownAt | undefined): string {
  if (!knownAt) return 'no-cache';
  const { headers } = request;
  const isPublic = headers.authorization === undefined && routerHeader(headers) === undefined;
  const isCacheable = isPublic && !isMomentInHeaderOnly(request);
  return `${isCacheable ? 'public' : 'private'}, ${FOREVER}`;
}

/** Returns the headers of an export that a 304 has too. */
export const cachingHeaders = (
  request: IncomingMessage,
  knownAt: KnownAt | undefined,
  { tag, vary, tags, position }: { tag: string; vary: string; tags: Tags | undefined; position: Position },
) => ({
  'cache-control': cacheControl(request, knownAt),
  etag: tag,
  vary,
  ...(tags && { [tags[0]]: tags[1] }),
  ...registerHeaders(stateOf(position, knownAt)),
});

/**
 * Returns the headers of an export. Its file name is table and date, `stedenband-partnerships-2026-11-25.csv`, or the time
 * of the newest change of a past moment: `stedenband-partnerships-known-at-2026-03-01T13-05-00.000Z.csv`.
 */
export function exportHeaders(
  { name, selection }: ExportRequest,
  encoding: Encoding,
  caching: Record<string, string>,
  knownAt: KnownAt | undefined,
): Record<string, string> {
  const { format } = selection;
  const date = knownAt ? `known-at-${knownAt.recordedAt.replaceAll(':', '-')}` : today();
  return {
    'content-type': format.mediaType,
    'content-disposition': `attachment; filename="${name === ARCHIVE_NAME ? name : `${ARCHIVE_NAME}-${name}`}-${date}.${format.extension}"`,
    ...caching,
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    link: `<${LICENCE}>; rel="license"`,
  };
}
