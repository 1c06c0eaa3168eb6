// CPU time from /proc, in milliseconds: user and system time of a process with all its threads.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** user, system, and those of children that have ended; undefined when the process is gone. */
function timesOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1], own: fields[11] + fields[12], ended: fields[13] + fields[14] };
  } catch {
    return undefined;
  }
}

/** CPU of one process so far. */
export function cpuOf(pid) {
  return (timesOf(pid)?.own ?? 0) * TICK_MS;
}

/** CPU of a process, of its children and of those that have ended: of a PostgreSQL server, of all its backends ever. */
export function cpuOfTree(pid) {
  const { own, ended } = timesOf(pid) ?? { own: 0, ended: 0 };
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const theirs = children.reduce((sum, child) => sum + (timesOf(child)?.own ?? 0), 0);
  return (own + ended + theirs) * TICK_MS;
}

/** The parent of a process. */
export function parentOf(pid) {
  return timesOf(pid)?.parent;
}
