declare global {
  /** The part of WebAssembly that a thread needs: TypeScript declares it for browsers alone. */
  namespace WebAssembly {
    type Module = object;
    function compile(bytes: Uint8Array): Promise<Module>;
  }
}

/** The data of the thread. */
export interface ThreadData {
  /** PGlite as another thread of this process has compiled it. */
  compiled: WebAssembly.Module | undefined;
}

/** Opens the database: the first request to the thread. */
export interface OpenRequest {
  /** The data directory; undefined for a database in memory. */
  directory?: string | undefined;
  /** The folder that a database in memory is a copy of. */
  folder?: string | undefined;
  /** The file of the dump that a new database is a copy of. */
  dump?: string | undefined;
}

/** The response to the first request. `failed` is the reason; empty for a file that cannot be read or written. */
export type OpenResponse = { compiled: WebAssembly.Module; failed?: undefined } | { failed: string };

/**
 * Later requests: messages of the frontend (https://www.postgresql.org/docs/current/protocol.html), whole ones, to which the
 * response are those of the backend; or the end, after which the thread exits.
 */
export type Request = Uint8Array<ArrayBuffer> | 'close';
