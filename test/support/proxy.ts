import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way over TCP that can become slow, silent or broken, as a network can. */
export interface NetworkProxy {
  port: number;
  /** Each direction takes this much longer, in milliseconds. */
  delay(milliseconds: number): void;
  /** Stops forwarding without closing connections; new ones are still accepted. */
  blackHole(): void;
  /** Forwards new connections; those that are open stay silent. */
  forwardNew(): void;
  /** Closes the connections with the data held back; new ones are forwarded. */
  heal(): void;
  close(): Promise<void>;
}

export async function openProxy(targetPort: number): Promise<NetworkProxy> {
  let delay = 0;
  let silent = false;
  const sockets = new Set<Socket>();
  const held = new Set<Socket>();
  const muted = new WeakSet<Socket>();
  const pass = (from: Socket, to: Socket) => {
    from.on('data', data => {
      if (silent || muted.has(from)) {
        held.add(from);
        held.add(to);
      } else if (delay === 0) to.write(data);
      else setTimeout(() => to.writable && to.write(data), delay);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      held.delete(from);
      // A black hole tells no one that the other side went away.
      if (!silent) setTimeout(() => to.destroy(), delay);
    });
  };
  const server = createServer(client => {
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      socket.setNoDelay(true);
      sockets.add(socket);
    }
    pass(client, target);
    pass(target, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    delay: milliseconds => {
      delay = milliseconds;
    },
    blackHole: () => {
      silent = true;
    },
    forwardNew: () => {
      for (const socket of sockets) muted.add(socket);
      silent = false;
    },
    heal: () => {
      silent = false;
      for (const socket of held) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
