import { readFileSync } from 'node:fs';
import { parse } from 'pg-connection-string';
import { StartError } from '../../config/config.js';
import type { ConnectionOptions, TlsOptions } from './options.js';

/** The parameters of a connection string that have an effect. Any other is refused, because it would have none. */
const PARAMETERS = [
  'application_name',
  'host',
  'options',
  'port',
  'sslcert',
  'sslkey',
  'sslmode',
  'sslrootcert',
  'target_session_attrs',
] as const;
type Parameters = Partial<Record<(typeof PARAMETERS)[number], string>>;

/** The checks of the certificate by `sslmode`; `undefined` is a connection without TLS. */
const CHECKS_BY_SSLMODE: Readonly<Record<string, TlsOptions['check'] | undefined>> = {
  disable: undefined,
  'no-verify': 'none',
  require: 'none',
  'verify-ca': 'chain',
  'verify-full': 'chain and host',
};

const ENCODING = 'a special character of a name or password is percent-encoded, such as # as %23';

/**
 * Parses a connection string of PostgreSQL, as all connections of the process use it, and reads the files it names.
 *
 * ```text
 * postgresql://user:password@a:5432,b:5432/stedenband?sslmode=verify-full&sslrootcert=/etc/ca.crt
 * ```
 *
 * @param setting The setting that the messages name.
 * @throws StartError with the rule, for an invalid address, a parameter without effect or an unreadable file. No message
 *   contains the string, which has a password.
 */
export function parseDatabaseUrl(url: string, setting = 'DATABASE_URL'): ConnectionOptions {
  const refuse = (message: string) => new StartError(`${setting}: ${message}.`);
  const { scheme, credentials, authority, path, query } = splitUrl(url);
  const parameters = readParameters(query, refuse);
  const { host, port, application_name: applicationName = 'stedenband', options } = parameters;
  if (port !== undefined && !/^[1-9]\d{0,4}$/.test(port)) throw refuse(`port is a number from 1 to 65535; got ${port}`);
  const socket = new URLSearchParams({ ...(host && { host }), ...(port && { port }) });
  // The driver's parser knows one host, and treats sslmode in its own way, with a warning.
  const parsed = authority.split(',').map(address => {
    try {
      return parse(`${scheme}${credentials}${address}${path}?${socket}`);
    } catch (error) {
      throw refuse(`the address is not valid (${(error as Error).message}); ${ENCODING}`);
    }
  });
  const [{ user, password, database } = { database: null }] = parsed;
  if (!database) throw refuse('the path does not name the database; it ends with /name');
  const several = parsed.length > 1;
  return {
    hosts: parsed.map(address => ({ host: address.host || undefined, port: Number(address.port) || undefined })),
    database,
    user: user || undefined,
    password: password || undefined,
    options,
    applicationName,
    writable: needsWritable(parameters.target_session_attrs ?? (several ? 'read-write' : 'any'), refuse),
    tls: readTls(parameters, refuse),
  };
}

/** Splits a connection string at its delimiters, which stay with the part before the host. */
function splitUrl(url: string) {
  const [address, query] = splitAt(url, url.indexOf('?'));
  const start = address.indexOf('://') + 3;
  const slash = address.indexOf('/', start);
  const [server, path] = slash < 0 ? [address, ''] : [address.slice(0, slash), address.slice(slash)];
  const host = Math.max(start, server.lastIndexOf('@') + 1);
  return {
    scheme: server.slice(0, start),
    credentials: server.slice(start, host),
    authority: server.slice(host),
    path,
    query,
  };
}

/** Returns the texts before and after the character at an index; all text if the index is -1. */
const splitAt = (text: string, index: number): [string, string] =>
  index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];

type Refuse = (message: string) => StartError;

function readParameters(query: string, refuse: Refuse): Parameters {
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const unknown = Object.keys(parameters).find(name => !(PARAMETERS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    // A ? of a password makes the rest of it, up to the host, such a name.
    if (query.includes('@')) throw refuse(`the address is not valid; ${ENCODING}`);
    throw refuse(`the parameter ${unknown} is not supported; supported are ${PARAMETERS.join(', ')}`);
  }
  return parameters;
}

function needsWritable(attributes: string, refuse: Refuse): boolean {
  if (attributes === 'any' || attributes === 'read-write') return attributes === 'read-write';
  throw refuse(`target_session_attrs is any or read-write; got ${attributes}`);
}

/** Returns the TLS options, `false` for a connection without TLS, and `undefined` without `sslmode`. */
function readTls(parameters: Parameters, refuse: Refuse): TlsOptions | false | undefined {
  const { sslmode, sslrootcert, sslcert, sslkey } = parameters;
  if (sslmode === undefined) {
    const file = PARAMETERS.find(name => name.startsWith('ssl') && parameters[name] !== undefined);
    if (file !== undefined) throw refuse(`${file} has no effect without sslmode; add sslmode=verify-full`);
    return undefined;
  }
  if (!Object.hasOwn(CHECKS_BY_SSLMODE, sslmode)) {
    const rule = `sslmode is one of ${Object.keys(CHECKS_BY_SSLMODE).join(', ')}; got ${sslmode}`;
    throw refuse(/^(?:allow|prefer)$/.test(sslmode) ? `${rule}, which falls back to plain text unnoticed` : rule);
  }
  const check = CHECKS_BY_SSLMODE[sslmode];
  if (check === undefined) return false;
  const system = sslrootcert === undefined || sslrootcert === 'system';
  if (sslmode === 'verify-ca' && system) {
    throw refuse('sslmode=verify-ca needs sslrootcert, because anybody can get a certificate of a public authority');
  }
  if ((sslcert === undefined) !== (sslkey === undefined)) throw refuse('sslcert and sslkey are set together');
  const read = (name: 'sslrootcert' | 'sslcert' | 'sslkey') => readPem(name, parameters[name], refuse);
  return {
    // As libpq: a certificate authority that is named is also used.
    check: sslmode === 'require' && !system ? 'chain' : check,
    ...(!system && { ca: read('sslrootcert') }),
    ...(sslcert !== undefined && { cert: read('sslcert'), key: read('sslkey') }),
  };
}

function readPem(name: string, file = '', refuse: Refuse): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw refuse(`the file ${file} of ${name} cannot be read: ${code === 'ENOENT' ? 'it does not exist' : message}`);
  }
  if (!text.includes('-----BEGIN ')) throw refuse(`the file ${file} of ${name} is not in the format PEM`);
  return text;
}
