import { parseArgs } from 'node:util';
import { AccessKey, newKey } from '../access/key.js';
import { isScope, SCOPES, type Scope } from '../access/scope.js';
import { readConfig, StartError } from '../config/config.js';
import { requireMigrations } from '../database/migrate.js';
import { openDatabase } from '../database/open.js';
import { run } from './run.js';

const USAGE = 'npm run key -- create --name <name> --scope <scope> [--scope …] [--days <days>] | list | revoke <id>';

type Work = (em: Awaited<ReturnType<typeof openDatabase>>['em']) => Promise<string>;

/** What the arguments ask for, checked before any database is opened. */
function command(args: string[]): Work {
  const { values, positionals } = parsed(args);
  const [verb, id, ...more] = positionals;
  if (verb === 'create' && id === undefined) return create(values);
  if (verb === 'list' && id === undefined) return list;
  if (verb === 'revoke' && id !== undefined && more.length === 0) return revoke(id);
  throw new StartError(`Use: ${USAGE}`);
}

function parsed(args: string[]) {
  const option = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { name: option, scope: { ...option, multiple: true }, days: option },
    });
  } catch (error) {
    throw new StartError(`${(error as Error).message} Use: ${USAGE}`);
  }
}

function create({ name, scope = [], days }: ReturnType<typeof parsed>['values']): Work {
  const unknown = scope.find(one => !isScope(one));
  if (!name?.trim() || scope.length === 0 || unknown !== undefined) {
    throw new StartError(
      `A key has a name and at least one scope of ${SCOPES.join(', ')}${unknown ? `; got ${unknown}` : ''}. Use: ${USAGE}`,
    );
  }
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
    throw new StartError(`--days is a number of days from 1 to 9999; got ${days}.`);
  return async em => {
    const { id, hash, text } = newKey();
    const expiresAt = days === undefined ? null : new Date(Date.now() + Number(days) * 86_400_000);
    await em.insert(AccessKey, { id, name, hash, scopes: scope as Scope[], expiresAt, revokedAt: null });
    return `${text}\nThis is key ${id} (${name}: ${scope.join(', ')}${expiresAt ? `, until ${expiresAt.toISOString()}` : ''}). It is shown once.`;
  };
}

const list: Work = async em => {
  const keys = await em.find(AccessKey, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const state = ({ revokedAt, expiresAt }: AccessKey) => {
    if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
    if (!expiresAt) return 'valid';
    return `${expiresAt.getTime() <= Date.now() ? 'expired' : 'valid until'} ${expiresAt.toISOString()}`;
  };
  const lines = keys.map(key =>
    [key.id, key.name, key.scopes.join(','), `made ${key.createdAt.toISOString()}`, state(key)].join('\t'),
  );
  return lines.length ? lines.join('\n') : 'There are no keys.';
};

const revoke =
  (id: string): Work =>
  async em => {
    const revoked = await em.nativeUpdate(AccessKey, { id, revokedAt: null }, { revokedAt: new Date() });
    if (revoked === 0)
      throw new StartError(`There is no key ${id} that is not revoked already; npm run key -- list shows them.`);
    return `Key ${id} is revoked; whoever is connected with it is cut off within a second.`;
  };

await run(
  async () => {
    const work = command(process.argv.slice(2));
    const database = await openDatabase(readConfig(process.env).storage);
    try {
      await requireMigrations(database);
      console.log(await work(database.em.fork()));
    } finally {
      await database.close();
    }
  },
  { takesArguments: true },
);
