import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { copyOnPostgreSql } from '../support/database.js';

/** The server as an operator starts it, in a process of its own. */
export interface Attacked {
  url: string;
  child: ChildProcess;
  /** Its output on both streams. */
  log(): string;
  stop(): Promise<void>;
}

export const ADMIN_KEY = 'attack-test-admin-key';

/** Starts it on the database of the test project. Budgets are off: they would soon answer every attack. */
export async function startAttacked(settings: Record<string, string> = {}): Promise<Attacked> {
  const storage: Record<string, string> =
    inject('database') === 'postgresql' ? { DATABASE_URL: await copyOnPostgreSql() } : { DATA_DIR: 'memory' };
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../dist/start.js', import.meta.url))], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      ADMIN_KEY,
      ROUTER_SECRET: 'attack-test-router-secret',
      RATE_LIMIT: 'off',
      RATE_LIMIT_KEY: 'off',
      ...storage,
      ...settings,
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      log += text;
    });
  const url = () => /(http:\/\/127\.0\.0\.1:\d+)\/graphql/.exec(log)?.[1];
  while (url() === undefined) {
    if (child.exitCode !== null) throw new Error(`The server did not start: ${log}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { url: url() as string, child, log: () => log, stop };
}

/** Statistics of the ordinary clients since the last call. */
export interface Fared {
  p99: number;
  answered: number;
  /** Why each that was not answered was not. */
  failed: unknown[];
}

/** Ordinary clients of a server, in a process of their own. */
export function startClients(url: string): { fared(): Promise<Fared>; stop(): void } {
  const child = fork(fileURLToPath(new URL('./clients.mjs', import.meta.url)), [url]);
  return {
    fared: async () => {
      child.send('fared');
      const [fared] = await once(child, 'message');
      return fared as Fared;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
