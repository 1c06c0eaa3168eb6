import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Interval of the readiness checks of each instance, in milliseconds. */
const INTERVAL = 30;

/** One address before several instances: each connection goes to one that says that it is ready. */
export interface Balancer {
  url: string;
  close(): Promise<void>;
}

export async function openBalancer(instances: readonly string[]): Promise<Balancer> {
  const ready = new Set(instances);
  const look = async () => {
    await Promise.all(
      instances.map(async instance => {
        const isReady = await fetch(`${instance}/health/ready`).then(
          ({ status }) => status === 200,
          () => false,
        );
        if (isReady) ready.add(instance);
        else ready.delete(instance);
      }),
    );
  };
  let turn = 0;
  const open = new Set<Socket>();
  const server = createServer(client => {
    const choice = [...ready];
    turn += 1;
    const { hostname, port } = new URL(choice[turn % choice.length] ?? (instances[0] as string));
    const instance = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, instance],
      [instance, client],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroySoon();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await look();
  const timer = setInterval(look, INTERVAL);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      clearInterval(timer);
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
