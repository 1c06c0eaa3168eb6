import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { root, StartError } from '../config/config.js';

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

/** Varies by `Accept` because the same URL serves JSON to clients that do not accept HTML. */
const PAGE_CACHING = { 'Cache-Control': 'no-cache', Vary: 'Accept, Accept-Encoding' };

/** Caches for ever: a file name contains the hash of the content. */
const ASSET_CACHING = { 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' };

/** The GraphiQL page for analysts. */
export interface Graphiql {
  /** Sends the page. */
  page(response: ServerResponse): void;
  /** Sends the file at a path of the URL (`/graphiql/…`). Returns false, without a response, if there is none. */
  asset(path: string, response: ServerResponse): boolean;
}

interface BuiltFile {
  readonly contentType: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
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
  const files = names.filter(name => !name.endsWith('.gz'));
  const assets = new Map(files.map(name => [`/graphiql/${name}`, lazy(() => readBuiltFile(`graphiql/${name}`))]));
  return {
    page: response => send(response, index(), PAGE_CACHING),
    asset(path, response) {
      const file = assets.get(path)?.();
      if (file) send(response, file, ASSET_CACHING);
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

/** Reads a file and its compressed copy, which `build/compress.mjs` wrote. */
function readBuiltFile(name: string): BuiltFile {
  const read = (file: string) => readFileSync(new URL(file, BUILT));
  const contentType = CONTENT_TYPES[extname(name)] ?? 'application/octet-stream';
  return { contentType, plain: read(name), gzipped: read(`${name}.gz`) };
}

function send(response: ServerResponse, file: BuiltFile, caching: OutgoingHttpHeaders): void {
  const acceptsGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(response.req.headers['accept-encoding']));
  const body = acceptsGzip ? file.gzipped : file.plain;
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    ...caching,
    ...(acceptsGzip && { 'Content-Encoding': 'gzip' }),
    'Content-Length': body.length,
    'Content-Type': file.contentType,
  });
  response.end(body);
}
