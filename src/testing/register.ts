import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The options of a register for tests. */
export interface RegisterOptions {
  /** The folder of the initial data, in the form of `seeds`; the data of this repository by default. */
  seeds?: string | URL;
  /** Keys by a name of your choice, with the scopes of each: `{ editor: ['partnership:write'] }`. */
  keys?: Readonly<Record<string, readonly string[]>>;
  /** The day that counts as today, as YYYY-MM-DD: dates after it are in the future. */
  today?: string;
  /** The port on loopback; a free one by default. */
  port?: number;
  /** Origins whose pages may use the API; by default those of any development server on this machine. */
  allowedOrigins?: readonly string[];
}

/** A running register with a database in memory. */
export interface TestRegister {
  /** The endpoint for HTTP; WebSockets use the same address with `ws:`. */
  readonly url: string;
  /** The keys of the options by their names, and `admin` with every scope: values for `Authorization: Bearer`. */
  readonly keys: Readonly<Record<string, string>>;
  /**
   * Returns to the initial data, at the same address and with the same keys. Open sockets are closed with 1012, and
   * cursors of the feed from before are refused. Calls at the same time wait for each other.
   */
  reset(): Promise<void>;
  /** Ends the process of the register. Can be called twice. */
  stop(): Promise<void>;
}

/** Messages of the process of the register. */
export type Reply = { ready: Pick<TestRegister, 'url' | 'keys'> } | { failed: string };
/** Messages to it. */
export type Request = { start: Omit<RegisterOptions, 'seeds'> & { seeds?: string } } | { reset: true };

/** Returns the absolute path of a folder, which the process of the register cannot resolve by itself. */
const pathOf = (folder: string | URL) => (folder instanceof URL ? fileURLToPath(folder) : resolve(folder));

/** The Node.js that is one of the packages: the register needs a newer one than the tests of a client may run on. */
function installedNode(): string {
  const require = createRequire(import.meta.url);
  try {
    const folder = dirname(require.resolve('node/package.json'));
    return join(folder, (require('node/package.json') as { bin: { node: string } }).bin.node);
  } catch {
    return process.execPath;
  }
}

/**
 * Starts a register for the tests of a client: the real server with an embedded database in memory, in a process of its
 * own, without rate limits. It ends with the process that started it.
 *
 * @throws Error with the reason if an option is wrong, or the data is not valid.
 */
export async function startRegister({ seeds, ...options }: RegisterOptions = {}): Promise<TestRegister> {
  const child = fork(new URL('register-process.js', import.meta.url), {
    execPath: installedNode(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit');
  let lastReply: Promise<unknown> = Promise.resolve();
  const send = async (request: Request) => {
    if (!child.connected) throw new Error('The register has been stopped.');
    child.send(request);
    const [reply] = (await Promise.race([
      once(child, 'message'),
      exit.then(([code]) => [{ failed: `The process of the register ended with ${code}.` }]),
    ])) as [Reply];
    if ('failed' in reply) throw new Error(reply.failed);
    return reply.ready;
  };
  // One after the other: the process has one database, and a reply does not name its request.
  const ask = (request: Request) => {
    const reply = lastReply.then(() => send(request));
    lastReply = reply.catch(() => undefined);
    return reply;
  };
  const stop = async () => {
    if (child.connected) child.disconnect();
    await exit;
  };
  try {
    const { url, keys } = await ask({ start: { ...options, ...(seeds && { seeds: pathOf(seeds) }) } });
    return { url, keys, reset: async () => void (await ask({ reset: true })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
