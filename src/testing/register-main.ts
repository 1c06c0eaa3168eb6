import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { AccessKey, newKey } from '../access/key.js';
import { isScope, SCOPES, type Scope } from '../access/scope.js';
import { defaultProtection, type Protection } from '../config/protection.js';
import { type Database, openDatabase } from '../database/open.js';
import { seed } from '../database/seed/command.js';
import { snapshot } from '../database/snapshot.js';
import { freezeToday, partialDateProblem } from '../graph/types/partial-date.js';
import { ignoreOrphanedErrors } from '../server/graphql/orphaned-errors.js';
import { type RunningServer, serve } from '../server/serve.js';
import type { Reply, Request } from './register.js';

type StartOptions = Extract<Request, { start: unknown }>['start'];

/** The name of the key with every scope. */
const ADMIN = 'admin';

/** A test sends many requests from one address. */
const WITHOUT_BUDGETS: Protection = {
  ...defaultProtection(),
  rate: { perAddress: undefined, perKey: undefined, store: 'memory' },
  socketsPerAddress: 10_000,
  clientShare: 1,
};

/** One register; `reset` replaces its database and server. */
class Register {
  readonly #options: StartOptions;
  readonly #stored: Pick<AccessKey, 'id' | 'name' | 'hash' | 'scopes'>[] = [];
  readonly #keys: Record<string, string> = { [ADMIN]: randomBytes(24).toString('base64url') };
  #database: Database | undefined;
  #server: RunningServer | undefined;

  /** @throws Error for a key with a scope that does not exist, or a day that is not in the calendar. */
  constructor(options: StartOptions) {
    this.#options = options;
    for (const [name, scopes] of Object.entries(options.keys ?? {})) {
      const unknown = scopes.find(scope => !isScope(scope));
      if (unknown !== undefined)
        throw new Error(`keys.${name}: a scope is one of ${SCOPES.join(', ')}; got ${unknown}.`);
      if (name === ADMIN) throw new Error(`keys.${ADMIN} exists already, with every scope; choose another name.`);
      const { id, hash, text } = newKey();
      this.#stored.push({ id, name, hash, scopes: [...scopes] as Scope[] });
      this.#keys[name] = text;
    }
    const { today } = options;
    if (today === undefined) return;
    if (today.length !== 10 || partialDateProblem(today)) {
      throw new Error(`today must be a day of the calendar, as YYYY-MM-DD; got ${today}.`);
    }
    freezeToday(today);
  }

  /** Opens the initial data, on the port of before if there is one. */
  async open(): Promise<Reply> {
    const { seeds, port = 0, allowedOrigins = ['localhost'] } = this.#options;
    const database = await openDatabase({ kind: 'embedded', directory: undefined }, { snapshot });
    this.#database = database;
    if (seeds !== undefined) {
      await clear(database);
      await seed(database, pathToFileURL(`${seeds}/`));
    }
    const em = database.em.fork();
    for (const key of this.#stored) await em.insert(AccessKey, { ...key, expiresAt: null, revokedAt: null });
    const url = this.#server?.url;
    this.#server = await serve(database, '127.0.0.1', url ? Number(new URL(url).port) : port, console.error, {
      access: { adminKey: this.#keys[ADMIN] },
      protection: { ...WITHOUT_BUDGETS, allowedOrigins },
    });
    return { ready: { url: `${this.#server.url}/graphql`, keys: this.#keys } };
  }

  async close(): Promise<void> {
    await this.#server?.close();
    await this.#database?.close();
  }
}

/** Tables with rows that migrations made, and that are updated only. */
const FILLED_BY_MIGRATIONS = ['mikro_orm_migrations', 'log_clock', 'webhook_lease'];

/** Deletes all records and their versions, but not the rows of migrations. */
async function clear({ em }: Database): Promise<void> {
  const connection = em.getConnection();
  const tables = await connection.execute<{ name: string }[]>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'history') and tablename not in (?, ?, ?)`,
    FILLED_BY_MIGRATIONS,
  );
  await connection.execute(`truncate ${tables.map(({ name }) => name).join(', ')} restart identity cascade`);
}

ignoreOrphanedErrors();

let register: Register | undefined;

async function answer(request: Request): Promise<Reply> {
  try {
    if ('start' in request) register = new Register(request.start);
    else await register?.close();
    return (await register?.open()) ?? { failed: 'The register was not started.' };
  } catch (error) {
    return { failed: (error as Error).message };
  }
}

process.on('message', async (request: Request) => process.send?.(await answer(request)));
// The process that started it has called `stop`, or has ended.
process.once('disconnect', () => process.exit(0));
