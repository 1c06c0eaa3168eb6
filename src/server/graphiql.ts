import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { root, StartError } from '../config/config.js';
import { type StaticFile, sendFile, staticFile } from './http/static-file.js';

/** The output folder of Vite. */
const BUILT = new URL('dist/graphiql/', root);

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

/**
 * The security headers of every file: a worker has the policy of its own script, not that of the page. Monaco sets
 * inline styles, and the fonts of GraphiQL are data URLs.
 */
const SECURITY_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
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
  /** Sends the file at a path of the URL (`/graphiql/…`). Returns false, without a response, if there is none. */
  asset(path: string, response: ServerResponse): boolean;
}

/**
 * Lists the files that Vite built. Each file is read at its first request and then cached: reading all nine megabytes
 * would make the start a third slower. A fixed list of names makes path traversal impossible.
 *
 * @throws StartError if the page is not built.
 */
export async function loadGraphiql(): Promise<Graphiql> {
  const names = await readdir(new URL('graphiql/', BUILT)).catch((cause: unknown) => {
    throw new StartError('The GraphiQL page is not in dist/graphiql: run `npm run build` first.', { cause });
  });
  const index = lazy(() => readBuiltFile('index.html'));
  const files = names.filter(name => !/\.(?:br|gz)$/.test(name));
  const assets = new Map(files.map(name => [`/graphiql/${name}`, lazy(() => readBuiltFile(`graphiql/${name}`))]));
  return {
    // The same URL has JSON for clients that do not accept HTML.
    page: response => sendFile(response, index(), PAGE_HEADERS, 'Accept'),
    asset(path, response) {
      const file = assets.get(path)?.();
      if (file) sendFile(response, file, ASSET_HEADERS);
      return file !== undefined;
    },
  };
}

function lazy<T>(create: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= create();
    return value;
  };
}

/** Reads a file and its compressed copies, which `build/compress.mjs` wrote. */
function readBuiltFile(name: string): StaticFile {
  const read = (file: string) => readFileSync(new URL(file, BUILT));
  const contentType = CONTENT_TYPES[extname(name)] ?? 'application/octet-stream';
  return staticFile(
    contentType,
    new Map([
      ['br', read(`${name}.br`)],
      ['gzip', read(`${name}.gz`)],
      ['identity', read(name)],
    ]),
  );
}
