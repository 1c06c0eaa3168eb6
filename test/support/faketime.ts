import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';

/** Returns the environment in which Debian's package faketime shifts the clock of a process; `undefined` without it. */
function faketime(): Record<string, string> | undefined {
  try {
    const text = execFileSync('faketime', ['-f', '+0', 'printenv', 'LD_PRELOAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return { LD_PRELOAD: text.trim(), FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1' };
  } catch {
    return undefined;
  }
}

/** Returns the environment of a process whose clock is shifted; `undefined` without faketime. */
export function clockShiftedBy(offset: string): Record<string, string> | undefined {
  const environment = faketime();
  return environment && { ...environment, FAKETIME: offset };
}

/** A clock that can be set while processes read it. */
export interface SettableClock {
  /** The environment of the processes that read it. */
  environment: Record<string, string>;
  /** Sets it: an offset such as `-2h`, or `@2026-11-24 23:59:00` in the time zone of the process, from which it runs on. */
  set(time: string): void;
}

/**
 * Returns a clock that a file sets; `undefined` without faketime.
 *
 * @param file A path that the processes may read.
 */
export function settableClock(file: string): SettableClock | undefined {
  const environment = faketime();
  if (!environment) return undefined;
  const set = (time: string) => {
    // In one step: a process that read half of it would have no clock.
    writeFileSync(`${file}.new`, `${time}\n`, { mode: 0o644 });
    renameSync(`${file}.new`, file);
  };
  set('+0');
  return { environment: { ...environment, FAKETIME_TIMESTAMP_FILE: file }, set };
}
