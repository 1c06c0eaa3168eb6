import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { ConnectionOptions, Host } from './options.js';

/** Limits the time to find the host that accepts writes. */
export const SEARCH_TIMEOUT_MS = 2_000;
/** Limits the wait for the other hosts after the first that accepts writes: a primary that was replaced may have come back. */
const RIVAL_TIMEOUT_MS = { unreached: 100, reached: 1_000 };
/** SQLSTATE of a database that does not accept connections. */
const CANNOT_CONNECT_NOW = '57P03';
/** Searches in progress: connections that are opened at the same time share one. */
const searches = new WeakMap<ConnectionOptions, Promise<Host>>();

/** No host accepts writes, and one of them responds: it is a replica, or read-only. */
export class NoWritableHostError extends Error {
  readonly code = CANNOT_CONNECT_NOW;
}

/** A host responds, and accepts no writes. */
class ReadOnlyHostError extends Error {}

/**
 * Finds a host that accepts connections and, if `writable`, writes. Asks all hosts at once, because one that is away may
 * not respond. Of several that accept writes it is the one that was promoted last.
 *
 * @param open Called for each host. Returns a connection that is not open yet.
 * @throws An error with the reason of each host, and with the SQLSTATE of a database that does not accept connections.
 */
export function findHost(connection: ConnectionOptions, open: (host: Host) => Client): Promise<Host> {
  const current = searches.get(connection);
  if (current) return current;
  const clients = connection.hosts.map(open);
  const probes = connection.hosts.map((host, index) => probe(connection, host, clients[index] as Client));
  const isReached = () => clients.some(isOpen);
  const search = (connection.writable ? newestTimeline(probes, isReached) : Promise.any(probes))
    .then(({ host }) => host)
    .catch((error: AggregateError) => {
      const reasons = error.errors.map(({ message }: Error) => message).join('; ');
      const text = `no host ${connection.writable ? 'accepts writes' : 'responds'}: ${reasons}`;
      if (error.errors.some(reason => reason instanceof ReadOnlyHostError)) throw new NoWritableHostError(text);
      throw Object.assign(new Error(text), { code: CANNOT_CONNECT_NOW });
    })
    .finally(() => searches.delete(connection));
  searches.set(connection, search);
  return search;
}

/** A host that can be connected to. */
interface Candidate {
  host: Host;
  /** The timeline that it writes, of eight hexadecimal digits: a promotion begins the next. Empty if it does not matter. */
  timeline: string;
}

/** Tells if the socket of a connection is open: the host is up, though it may not have answered yet. */
const isOpen = (client: Client): boolean =>
  (client as unknown as { connection: { stream: { readyState: string } } }).connection.stream.readyState === 'open';

/**
 * Returns the host with the newest timeline of those that respond soon after the first.
 *
 * @param isReached Returns whether a host that has not answered yet is connected to.
 */
async function newestTimeline(probes: readonly Promise<Candidate>[], isReached: () => boolean): Promise<Candidate> {
  const candidates: Candidate[] = [];
  const all = Promise.allSettled(probes.map(probe => probe.then(candidate => candidates.push(candidate))));
  const allWithin = (ms: number) => Promise.race([all, sleep(ms, undefined, { ref: false })]);
  await Promise.any(probes);
  await allWithin(RIVAL_TIMEOUT_MS.unreached);
  if (isReached()) await allWithin(RIVAL_TIMEOUT_MS.reached);
  return candidates.reduce((newest, next) => (next.timeline > newest.timeline ? next : newest));
}

async function probe({ hosts, writable }: ConnectionOptions, host: Host, client: Client): Promise<Candidate> {
  const name = `${client.host}:${client.port}`;
  // Without a listener an 'error' event ends the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only');
    if (!writable) return { host, timeline: '' };
    if (rows[0]?.transaction_read_only === 'off')
      return { host, timeline: hosts.length > 1 ? await timelineOf(client) : '' };
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message || (error as { code?: string }).code}`);
  } finally {
    await client.end().catch(() => undefined);
  }
  throw new ReadOnlyHostError(`${name} is a replica, or read-only`);
}

/** Reads the timeline that a server writes; a managed PostgreSQL may refuse it. */
const timelineOf = (client: Client): Promise<string> =>
  client
    .query<{ timeline: string }>('select left(pg_walfile_name(pg_current_wal_lsn()), 8) as timeline')
    .then(({ rows }) => rows[0]?.timeline ?? '')
    .catch(() => '');
