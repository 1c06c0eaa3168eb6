import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A stand-in for a connection pooler: it changes what a transaction pooler changes, and nothing else. */
export interface Pooler {
  port: number;
  /** Passes notifications on or drops them, as a pooler does whose server connection nobody holds. */
  notifies: boolean;
  close(): Promise<void>;
}

const TIMEOUT = /^(?:statement_timeout|lock_timeout|idle_in_transaction_session_timeout)$/;

/** @param timeouts Whether time-outs as startup parameters are refused, or ignored without notice. */
export async function openPooler(targetPort: number, timeouts: 'refused' | 'ignored'): Promise<Pooler> {
  const sockets = new Set<Socket>();
  const pooler = { notifies: false };
  const server = createServer(client => {
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => [client, target].forEach(end => void end.destroy()));
    }
    client.once('data', data => {
      const [startup, dropped] = withoutTimeouts(data);
      if (dropped && timeouts === 'refused') return client.end(refusal('unsupported startup parameter: lock_timeout'));
      target.write(startup);
      return client.on('data', more => void target.write(more));
    });
    const pass = messageFilter(type => type !== 'A' || pooler.notifies);
    target.on('data', data => void client.write(pass(data)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(pooler, {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}

/** Removes the time-outs of a startup message, and tells whether there were any. */
function withoutTimeouts(message: Buffer): [startup: Buffer, dropped: boolean] {
  const words = message.subarray(8).toString().split('\0');
  const kept: string[] = [];
  for (let at = 0; at + 1 < words.length && words[at]; at += 2) {
    if (!TIMEOUT.test(words[at] as string)) kept.push(words[at] as string, words[at + 1] as string);
  }
  const body = Buffer.from(`${kept.join('\0')}\0\0`);
  const head = Buffer.from(message.subarray(0, 8));
  head.writeInt32BE(8 + body.length);
  return [Buffer.concat([head, body]), 8 + body.length < message.length];
}

function refusal(message: string): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${message}\0\0`);
  const head = Buffer.from('E____');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

/** A function that passes whole messages of PostgreSQL on, by their type. */
function messageFilter(passes: (type: string) => boolean): (data: Buffer) => Buffer {
  let rest = Buffer.alloc(0);
  return data => {
    rest = Buffer.concat([rest, data]);
    const passed: Buffer[] = [];
    while (rest.length >= 5) {
      const length = 1 + rest.readInt32BE(1);
      if (rest.length < length) break;
      if (passes(String.fromCharCode(rest[0] as number))) passed.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return Buffer.concat(passed);
  };
}
