import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import { root, StartError } from '../config/config.js';
import { type StaticFile, staticFile } from './http/static-file.js';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** A page that Vite built. */
interface BuiltPage {
  index: () => StaticFile;
  /** Its files by the path of their URL. */
  assets: ReadonlyMap<string, () => StaticFile>;
}

/**
 * Lists the files of a page that Vite built. Each file is read at its first request and then cached: reading all nine
 * megabytes would make the start a third slower. A fixed list of names makes path traversal impossible.
 *
 * @param folder The folder of the page in `dist`, of its files in that folder, and of their URLs.
 * @param name Names the page in the error.
 * @throws StartError if the page is not built.
 */
export async function builtPage(folder: 'graphiql' | 'embed', name: string): Promise<BuiltPage> {
  const built = new URL(`dist/${folder}/`, root);
  const names = await readdir(new URL(`${folder}/`, built)).catch((cause: unknown) => {
    throw new StartError(`The ${name} is not in dist/${folder}: run \`npm run build\` first.`, { cause });
  });
  const files = names.filter(file => !/\.(?:br|gz)$/.test(file));
  return {
    index: lazy(() => readBuiltFile(built, 'index.html')),
    assets: new Map(files.map(file => [`/${folder}/${file}`, lazy(() => readBuiltFile(built, `${folder}/${file}`))])),
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
function readBuiltFile(built: URL, name: string): StaticFile {
  const read = (file: string) => readFileSync(new URL(file, built));
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
