import type { ServerResponse } from 'node:http';
import { builtPage } from './built-page.js';
import { refuseOtherMethods } from './http/allowed-methods.js';
import { sendFile } from './http/static-file.js';

/** Views of the desk that pages of other sites embed. */
const VIEWS = ['map', 'table', 'chart', 'timeline'] as const;

/** The views of Observable Plot, which sets inline styles. */
const STYLED: ReadonlySet<string> = new Set(['chart', 'timeline']);

/** Caches for ever: a file name contains the hash of the content. */
const ASSET_HEADERS = { 'Cache-Control': 'public, max-age=31536000, immutable' };

/** The embedded views. */
export interface EmbeddedViews {
  /**
   * Answers at the path of a view or of one of its files, beside the security headers that the response has. Returns false,
   * without a response, for any other path.
   */
  send(path: string, response: ServerResponse): boolean;
}

/**
 * Loads the page of embedded views.
 *
 * @param origins Sites that may embed it: `frame-ancestors` of its policy, besides this server. `*` is all sites.
 * @throws StartError if the page is not built.
 */
export async function loadEmbeddedViews(origins: readonly string[]): Promise<EmbeddedViews> {
  const { index, assets } = await builtPage('embed', 'page of embedded views');
  const policyOf = (view: string) =>
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self'${STYLED.has(view) ? " 'unsafe-inline'" : ''}`,
      "img-src 'self' data:",
      "connect-src 'self'",
      "form-action 'none'",
      "base-uri 'self'",
      `frame-ancestors ${["'self'", ...origins].join(' ')}`,
    ].join('; ');
  const pages = new Map(
    VIEWS.map(view => [`/embed/${view}`, { 'Cache-Control': 'no-cache', 'Content-Security-Policy': policyOf(view) }]),
  );
  return {
    send(path, response) {
      const pageHeaders = pages.get(path);
      const file = pageHeaders ? index : assets.get(path);
      if (!file) return false;
      if (refuseOtherMethods(response, 'GET', 'HEAD')) return true;
      // `frame-ancestors` replaces it.
      response.removeHeader('x-frame-options');
      sendFile(response, file(), pageHeaders ?? ASSET_HEADERS);
      return true;
    },
  };
}
