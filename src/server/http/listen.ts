import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../../config/config.js';

/**
 * Resolves with the address when the server accepts connections.
 *
 * @param setting The operator's name of the port.
 * @throws StartError if the address cannot be listened on.
 */
export function listenOn(server: Server, host: string, port: number, setting = 'PORT'): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? `that port is in use; set ${setting} to another` : error.message;
      reject(new StartError(`The server cannot listen on ${host}:${port}: ${why}.`));
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}
