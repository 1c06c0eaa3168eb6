import { DatabaseClient } from './connection/client.js';
import type { ConnectionOptions } from './connection/options.js';
import { Reconnection } from './connection/reconnect.js';
import { ListeningProof, UnsentProofError } from './listening-proof.js';

/** Interval of proofs: an idle connection may be dead, or not notified, without an error. */
const HEARTBEAT_MS = 5_000;
const HEARTBEAT_TIMEOUT_MS = 2_000;

/**
 * Listens on a channel of PostgreSQL with a dedicated connection: `listen stedenband_change`. A connection that breaks,
 * stops responding or does not hear what the pool sends is replaced, with growing pauses between attempts. Notifications
 * are wake-ups only; those sent during an outage are lost, and replaced by one call after reconnecting.
 *
 * @param notify Called at the start of a connection and at intervals. Sends a notification over the pool.
 * @param onNotification Called for each notification, with its payload and the PostgreSQL process that sent it, and each time a
 *   connection has proved that it hears. Must not throw.
 * @param onDisconnect Called each time a connection or an attempt to connect fails, with the reason, and once on stop.
 *   Must not throw.
 * @returns A function that stops listening.
 */
export function listen(
  options: ConnectionOptions,
  channel: string,
  notify: (channel: string, payload: string) => Promise<void>,
  onNotification: (payload?: string, processId?: number) => void,
  onDisconnect: (reason?: unknown) => void,
): () => Promise<void> {
  let client: DatabaseClient | undefined;
  const connect = async (reconnection: Reconnection): Promise<void> => {
    const connection = new DatabaseClient(options, 'listen', {
      keepAlive: true,
      connectionTimeoutMillis: HEARTBEAT_TIMEOUT_MS,
      query_timeout: HEARTBEAT_TIMEOUT_MS,
    });
    const proof = new ListeningProof(payload => notify(channel, payload));
    let reason: unknown;
    // Without a listener an 'error' event ends the process.
    const disconnected = new Promise<void>(resolve => {
      connection.on('error', error => {
        reason ??= error;
        resolve();
      });
      connection.on('end', () => resolve());
    });
    connection.on('notification', ({ payload, processId }) => {
      if (!proof.hear(payload) && proof.isHeard) onNotification(payload, processId);
    });
    client = connection;
    let isChecking = false;
    const check = async () => {
      if (isChecking) return;
      isChecking = true;
      try {
        await connection.query('select 1');
        await proof.renew();
      } catch (error) {
        // A busy pool is no reason to stop listening.
        if (error instanceof UnsentProofError) return;
        reason ??= error;
        // With a statement in flight `end` destroys the socket instead of sending a Terminate message.
        await connection.end().catch(() => undefined);
      } finally {
        isChecking = false;
      }
    };
    let heartbeat: NodeJS.Timeout | undefined;
    try {
      await connection.connect();
      // While a host is looked for, there is no connection that the stop could end.
      if (reconnection.isStopped) return;
      await connection.query(`listen ${channel}`);
      await Promise.race([proof.renew(), disconnected]);
      if (proof.isHeard) onNotification();
      heartbeat = setInterval(check, HEARTBEAT_MS).unref();
      await disconnected;
    } catch (error) {
      reason ??= error;
    } finally {
      clearInterval(heartbeat);
      onDisconnect(reason);
      await connection.end().catch(() => undefined);
    }
  };
  const reconnection = new Reconnection(connect);
  return () => reconnection.stop(() => client?.end());
}
