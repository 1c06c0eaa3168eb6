import type { Script } from 'node:vm';

// An import of these reads all of their exports, and the streams of `node:fs` among them take time to load.
const builtin = process.getBuiltinModule;
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = builtin('node:fs');
const module = builtin('node:module');
const { basename, dirname, join } = builtin('node:path');
const v8 = builtin('node:v8');
const vm = builtin('node:vm');
const zlib = builtin('node:zlib');

/** The time after which a server has compiled the functions of its start. */
const WRITE_AFTER_MS = 10_000;
const CHECKSUM_BYTES = 4;
/** The wrapper of a module of CommonJS, as bytes: V8 would copy a string that is joined from several into its heap. */
const [HEAD, TAIL] = module
  .wrap('\0')
  .split('\0')
  .map(part => Buffer.from(part)) as [Buffer, Buffer];

/** A chunk without a code cache that V8 accepts. */
interface Uncached {
  script: Script;
  source: Buffer;
}

/**
 * Loads a bundle of CommonJS chunks with the code cache of V8, and stores the caches that are missing: ten seconds after the start,
 * or when the process exits. The compile cache of Node.js has a module as it is before it runs; one that is stored later also
 * has the functions that V8 compiles when they are called first, of which a start calls 3,500.
 *
 * @param entry The chunk that is executed. Its own and further ones are required from its folder.
 * @param cache The folder of the caches; if it cannot be written, each start compiles.
 * @returns The exports of the entry.
 */
export function loadBundle(entry: string, cache: string): object {
  const modules = new Map<string, { exports: object }>();
  /** By the path of the cache. */
  const uncached = new Map<string, Uncached>();
  // A cache is of one version of V8, with its flags and the features of the processor.
  const folder = join(cache, String(v8.cachedDataVersionTag()));

  function load(file: string): object {
    const loaded = modules.get(file);
    if (loaded) return loaded.exports;
    const source = readFileSync(file);
    const chunk = { exports: {} };
    modules.set(file, chunk);
    const path = join(folder, basename(file));
    const cachedData = readCache(path, source);
    const script = new vm.Script(Buffer.concat([HEAD, source, TAIL]).toString('latin1'), {
      filename: file,
      ...(cachedData && { cachedData }),
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    if (script.cachedDataRejected ?? true) uncached.set(path, { script, source });
    const ofPackages = module.createRequire(file);
    const ofChunks = (id: string) => (id.startsWith('./') ? load(join(dirname(file), id)) : ofPackages(id));
    const require = Object.assign(ofChunks, ofPackages);
    script.runInThisContext().call(chunk.exports, chunk.exports, require, chunk, file, dirname(file));
    return chunk.exports;
  }

  function writeCaches(): void {
    for (const [path, { script, source }] of uncached) writeCache(path, script.createCachedData(), source);
    uncached.clear();
  }

  const exports = load(entry);
  setTimeout(writeCaches, WRITE_AFTER_MS).unref();
  process.once('exit', writeCaches);
  return exports;
}

/** Returns a checksum of a cache and its source, of which V8 compares the length alone. */
const checksum = (data: Buffer, source: Buffer): number => zlib.crc32(source, zlib.crc32(data));

function readCache(path: string, source: Buffer): Buffer | undefined {
  try {
    const file = readFileSync(path);
    const data = file.subarray(0, -CHECKSUM_BYTES);
    return file.readUInt32LE(data.length) === checksum(data, source) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a cache whole or not at all: other processes read it. */
function writeCache(path: string, data: Buffer, source: Buffer): void {
  const unfinished = `${path}.${process.pid}`;
  const end = Buffer.alloc(CHECKSUM_BYTES);
  end.writeUInt32LE(checksum(data, source));
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, Buffer.concat([data, end]));
    renameSync(unfinished, path);
  } catch {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}
