import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { root, StartError } from '../config/config.js';

/** Where Vite writes. */
const BUILT = new URL('dist/graphiql/', root);

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

/** On every file, since a worker obeys the policy of its own. Monaco sets inline styles; GraphiQL's fonts are data. */
const SECURITY = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'self'",
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** The same address gives JSON to whoever does not accept HTML. */
const PAGE_CACHING = { 'Cache-Control': 'no-cache', Vary: 'Accept, Accept-Encoding' };

/** A name carries the hash of its content, so what a browser once fetched stays right. */
const ASSET_CACHING = { 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' };

/** The analysts' page. */
export interface Graphiql {
  /** Answers with the page itself. */
  page(response: ServerResponse): void;
  /** Answers with the file at this path of the URL (`/graphiql/…`), or answers nothing and gives false. */
  asset(path: string, response: ServerResponse): boolean;
}

interface BuiltFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

/**
 * Finds what Vite built. A file is read when somebody first asks for it, and kept: most servers are never asked, and a
 * start that read nine megabytes would be slower by a third.
 *
 * @throws StartError when there is nothing to find.
 */
export async function loadGraphiql(): Promise<Graphiql> {
  const names = await readdir(new URL('graphiql/', BUILT)).catch((cause: unknown) => {
    throw new StartError('The GraphiQL page is not in dist/graphiql: run `npm run build` first.', { cause });
  });
  const index = once(() => readOne('index.html'));
  const files = names.filter(name => !name.endsWith('.gz'));
  const assets = new Map(files.map(name => [`/graphiql/${name}`, once(() => readOne(`graphiql/${name}`))]));
  return {
    page: response => send(response, index(), PAGE_CACHING),
    asset(path, response) {
      const file = assets.get(path)?.();
      if (file) send(response, file, ASSET_CACHING);
      return file !== undefined;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The build left each file beside itself, compressed. */
function readOne(name: string): BuiltFile {
  const read = (file: string) => readFileSync(new URL(file, BUILT));
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  return { type, plain: read(name), gzipped: read(`${name}.gz`) };
}

function send(response: ServerResponse, { type, plain, gzipped }: BuiltFile, caching: OutgoingHttpHeaders): void {
  const zipped = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(response.req.headers['accept-encoding']));
  const body = zipped ? gzipped : plain;
  response.writeHead(200, {
    ...SECURITY,
    ...caching,
    ...(zipped && { 'Content-Encoding': 'gzip' }),
    'Content-Length': body.length,
    'Content-Type': type,
  });
  response.end(body);
}
