import { readFile, readlink, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The process that holds a lock, as the lock file has it. */
export interface Holder {
  pid: number;
  since: string;
  /** Identifies the boot of the machine and the process namespace, as of a container; absent on a system without `/proc`. */
  space?: string | undefined;
  /** The start time of the process since that boot. */
  startTime?: string | undefined;
}

/** Interval at which a holder touches its lock file, for processes that do not see it. */
export const HEARTBEAT_MS = 1_000;
/** A holder that has not touched its lock file for this long has ended. */
const SILENCE_MS = 5_000;

/** Returns this process as a holder. */
export async function ownHolder(): Promise<Holder> {
  const [space, startTime] = await Promise.all([ownSpace(), startTimeOf(process.pid)]);
  return { pid: process.pid, since: new Date().toISOString(), space, startTime };
}

/** Returns the holder of a lock file; undefined if there is none. */
export async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Returns whether a process is not visible to this one: it runs on another machine, in another container, or before the boot. */
export async function isElsewhere({ space }: Holder): Promise<boolean> {
  const own = await ownSpace();
  return space !== undefined && own !== undefined && space !== own;
}

/** Returns whether the process that holds a lock still runs. */
export async function isAlive(holder: Holder, file: string): Promise<boolean> {
  if (await isElsewhere(holder)) return isTouched(file);
  const { pid, since, startTime } = holder;
  // In a container each start may have the same process id: an older lock belongs to an earlier start.
  if (pid === process.pid && Date.parse(since) < performance.timeOrigin) return false;
  // The system gives the id of an ended process to a new one.
  const current = startTime === undefined ? undefined : await startTimeOf(pid);
  if (current !== undefined && current !== startTime) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Returns whether a lock file is touched within the time. */
async function isTouched(file: string): Promise<boolean> {
  const touchedAt = () =>
    stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
  const before = await touchedAt();
  for (let waited = 0; waited < SILENCE_MS; waited += HEARTBEAT_MS) {
    await sleep(HEARTBEAT_MS);
    const now = await touchedAt();
    if (now !== before) return now !== undefined;
  }
  return false;
}

/** Returns the boot of the machine and the process namespace of this process; undefined without `/proc`. */
async function ownSpace(): Promise<string | undefined> {
  try {
    const [boot, namespace] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readlink('/proc/self/ns/pid'),
    ]);
    return `${boot.trim()} ${namespace}`;
  } catch {
    return undefined;
  }
}

/** Returns the start time of a process since the boot, `ended` of a zombie or dead process; undefined without `/proc`. */
async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name of the program in parentheses, and may contain spaces; field 3 is the state, 22 the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : fields[19];
  } catch {
    return undefined;
  }
}
