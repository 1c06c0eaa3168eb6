import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Returns the ids of the processes that a process has started and that have not ended. */
export function childrenOf(pid: number | undefined): number[] {
  const text =
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      : execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return text.split(/\s/).filter(Boolean).map(Number);
}

export function isGone(pid: number): boolean {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
}

/** Returns the setting with which Node.js loads modules before a program, which may be a bundle. */
export const preloaded = (...modules: URL[]): { NODE_OPTIONS: string } => ({
  NODE_OPTIONS: modules.map(module => `--import=${module}`).join(' '),
});
