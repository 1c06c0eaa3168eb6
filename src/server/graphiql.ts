import { readdir, readFile } from 'node:fs/promises';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { root, StartError } from '../config.js';

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

/** The analysts' page, held in memory. */
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
 * Reads and compresses what Vite built, once.
 *
 * @throws StartError when there is nothing to read.
 */
export async function loadGraphiql(): Promise<Graphiql> {
  const [index, assets] = await read().catch((cause: unknown) => {
    throw new StartError('The GraphiQL page is not in dist/graphiql: run `npm run build` first.', { cause });
  });
  return {
    page: response => send(response, index, PAGE_CACHING),
    asset(path, response) {
      const file = assets.get(path);
      if (file) send(response, file, ASSET_CACHING);
      return file !== undefined;
    },
  };
}

async function read(): Promise<[index: BuiltFile, assets: ReadonlyMap<string, BuiltFile>]> {
  const names = await readdir(new URL('graphiql/', BUILT));
  const assets = names.map(async name => [`/graphiql/${name}`, await readOne(`graphiql/${name}`)] as const);
  return [await readOne('index.html'), new Map(await Promise.all(assets))];
}

async function readOne(name: string): Promise<BuiltFile> {
  const plain = await readFile(new URL(name, BUILT));
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  return { type, plain, gzipped: await promisify(gzip)(plain) };
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
