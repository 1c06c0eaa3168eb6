import { AccessKey, newKey } from '../../access/key.js';
import { BINDABLE_SCOPES, isScope, SCOPES, type Scope } from '../../access/scope.js';
import { Authority } from '../../authority/authority.js';
import { readConfig, StartError } from '../../config/config.js';
import { requireMigrations } from '../../database/migrate.js';
import type { Database } from '../../database/open.js';
import { parseArguments } from '../arguments.js';
import { withDatabase } from '../database.js';
import { run } from '../run.js';

const USAGE =
  'npm run key -- create --name <name> --scope <scope> [--scope …] [--authority <id> …] [--days <days>] | list | revoke <id>';

const OPTIONS = {
  name: { type: 'string' },
  scope: { type: 'string', multiple: true },
  authority: { type: 'string', multiple: true },
  days: { type: 'string' },
} as const;

/** Limits the authorities of a key: messages name all of them. */
const MAX_AUTHORITIES = 20;

/** Executes a subcommand with an EntityManager, and returns the text to print. */
type Subcommand = (em: Database['em']) => Promise<string>;

/** Validates the arguments before a database is opened. */
function parseSubcommand(args: string[]): Subcommand {
  const { values, positionals } = parseArguments({ args, allowPositionals: true, options: OPTIONS }, USAGE);
  const [name, id, ...rest] = positionals;
  if (name === 'create' && id === undefined) return create(values);
  if (name === 'list' && id === undefined) return list;
  if (name === 'revoke' && id !== undefined && rest.length === 0) return revoke(id);
  throw new StartError(`Use: ${USAGE}`);
}

/** The options of `create`. */
interface CreateOptions {
  name?: string;
  scope?: string[];
  authority?: string[];
  days?: string;
}

function create({ name, scope = [], authority = [], days }: CreateOptions): Subcommand {
  const unknown = scope.find(text => !isScope(text));
  if (!name?.trim() || scope.length === 0 || unknown !== undefined) {
    throw new StartError(
      `A key has a name and at least one scope of ${SCOPES.join(', ')}${unknown ? `; got ${unknown}` : ''}. Use: ${USAGE}`,
    );
  }
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
    throw new StartError(`--days is a number of days from 1 to 9999; got ${days}.`);
  const authorities = [...new Set(authority)];
  checkBounds(authorities, scope as Scope[]);
  return async em => {
    const missing = await missingAuthority(em, authorities);
    if (missing !== undefined)
      throw new StartError(`There is no authority ${missing}; --authority is its id, such as nl-breda.`);
    const { id, hash, text } = newKey();
    const expiresAt = days === undefined ? null : new Date(Date.now() + Number(days) * 86_400_000);
    await em.insert(AccessKey, { id, name, hash, scopes: scope as Scope[], authorities, expiresAt, revokedAt: null });
    const bounds = authorities.length ? `, bound to ${authorities.join(', ')}` : '';
    return `${text}\nThis is key ${id} (${name}: ${scope.join(', ')}${bounds}${expiresAt ? `, until ${expiresAt.toISOString()}` : ''}). It is shown once.`;
  };
}

/** Checks what a key that is bound to authorities may have. */
function checkBounds(authorities: readonly string[], scopes: readonly Scope[]): void {
  if (authorities.length > MAX_AUTHORITIES)
    throw new StartError(`A key is bound to at most ${MAX_AUTHORITIES} authorities; got ${authorities.length}.`);
  const tooWide = authorities.length ? scopes.find(scope => !BINDABLE_SCOPES.includes(scope)) : undefined;
  if (tooWide === undefined) return;
  throw new StartError(
    `A key that is bound to authorities cannot have the scope ${tooWide}, which reaches further than they do. Use ${BINDABLE_SCOPES.join(', ')}, or leave out --authority.`,
  );
}

/** Returns the first of some ids that no authority has. */
async function missingAuthority(em: Database['em'], ids: readonly string[]): Promise<string | undefined> {
  const records = await em.find(Authority, { id: { $in: [...ids] } }, { fields: ['id'] });
  const existing = new Set(records.map(({ id }) => id));
  return ids.find(id => !existing.has(id));
}

const list: Subcommand = async em => {
  const keys = await em.find(AccessKey, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const state = ({ revokedAt, expiresAt }: AccessKey) => {
    if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
    if (!expiresAt) return 'valid';
    return `${expiresAt.getTime() <= Date.now() ? 'expired' : 'valid until'} ${expiresAt.toISOString()}`;
  };
  const lines = keys.map(key =>
    [
      key.id,
      key.name,
      key.scopes.join(','),
      `made ${key.createdAt.toISOString()}`,
      state(key),
      // Last, so that the columns of other keys stay where they are.
      ...(key.authorities.length ? [`bound to ${key.authorities.join(',')}`] : []),
    ].join('\t'),
  );
  return lines.length ? lines.join('\n') : 'There are no keys.';
};

const revoke =
  (id: string): Subcommand =>
  async em => {
    const revoked = await em.nativeUpdate(AccessKey, { id, revokedAt: null }, { revokedAt: new Date() });
    if (revoked === 0)
      throw new StartError(`There is no key ${id} that is not revoked already; npm run key -- list shows them.`);
    return `Key ${id} is revoked; open connections with it are closed within a second.`;
  };

const NO_KEYS_IN_MEMORY =
  'DATA_DIR is memory, where a key would end with this command. Start the server with ADMIN_KEY, a key with all scopes, or set DATA_DIR to a folder or DATABASE_URL.';

export const ended = run(
  async () => {
    const subcommand = parseSubcommand(process.argv.slice(2));
    const { storage } = readConfig(process.env);
    if (storage.kind === 'embedded' && storage.directory === undefined) throw new StartError(NO_KEYS_IN_MEMORY);
    await withDatabase(async database => {
      await requireMigrations(database);
      console.log(await subcommand(database.em.fork()));
    });
  },
  { takesArguments: true },
);
