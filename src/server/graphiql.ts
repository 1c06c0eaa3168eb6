import type { ServerResponse } from 'node:http';
import { builtPage } from './built-page.js';
import { refuseOtherMethods } from './http/allowed-methods.js';
import { sendFile } from './http/static-file.js';

/**
 * The security headers of every file: a worker has the policy of its own script, not that of the page. Monaco sets
 * inline styles.
 */
const SECURITY_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'none'",
    "base-uri 'self'",
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const PAGE_HEADERS = { ...SECURITY_HEADERS, 'Cache-Control': 'no-cache' };

/** Caches for ever: a file name contains the hash of the content. */
const ASSET_HEADERS = { ...SECURITY_HEADERS, 'Cache-Control': 'public, max-age=31536000, immutable' };

/** The GraphiQL page for analysts. */
export interface Graphiql {
  /** Sends the page. */
  page(response: ServerResponse): void;
  /** Answers at the path of a file (`/graphiql/…`). Returns false, without a response, if there is none. */
  asset(path: string, response: ServerResponse): boolean;
}

/** @throws StartError if the page is not built. */
export async function loadGraphiql(): Promise<Graphiql> {
  const { index, assets } = await builtPage('graphiql', 'GraphiQL page');
  return {
    // The same URL has JSON for clients that do not accept HTML.
    page: response => sendFile(response, index(), PAGE_HEADERS, 'Accept'),
    asset(path, response) {
      const file = assets.get(path)?.();
      if (file && !refuseOtherMethods(response, 'GET', 'HEAD')) sendFile(response, file, ASSET_HEADERS);
      return file !== undefined;
    },
  };
}
