// One build at a time: two of them in one folder would delete each other's files.
import { once } from 'node:events';
import { linkSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';

/**
 * Waits until no other build runs in a folder, and locks it; returns the function that unlocks it. The lock is a socket,
 * which the system closes when its process ends, however that ends.
 */
export async function lockBuild(folder) {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/.building`;
  for (;;) {
    // Connections of waiting builds end with this process: they do not keep it alive.
    const server = createServer(socket => socket.on('error', () => undefined).unref());
    const own = `${path}-${process.pid}`;
    try {
      rmSync(own, { force: true });
      await once(server.listen(own), 'listening');
      server.unref();
      // The name appears when the socket listens: between its creation and that, it would look like one of a killed build.
      linkSync(own, path);
      rmSync(own);
      let isLocked = true;
      const unlock = () => {
        if (isLocked) rmSync(path, { force: true });
        isLocked = false;
        server.close();
      };
      // Also when a step fails: two builds that find a lock without a process could each delete that of the other.
      process.once('exit', unlock);
      return unlock;
    } catch (error) {
      server.close();
      rmSync(own, { force: true });
      // A file system without sockets or links has no lock.
      if (error.code !== 'EEXIST') return () => undefined;
    }
    // The file of a killed build remains, and nothing listens there.
    if (!(await waitForEnd(path))) rmSync(path, { force: true });
  }
}

/** Resolves when the process of a lock ends or unlocks it; to false if it had ended before. */
async function waitForEnd(path) {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
  } catch {
    return false;
  }
  console.error('Another build runs in this folder; waiting for it.');
  // Its end may be an error, the reset of the connection.
  await new Promise(resolve =>
    socket
      .resume()
      .on('error', () => undefined)
      .once('close', resolve),
  );
  return true;
}
