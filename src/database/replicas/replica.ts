import type { LogPosition } from '../../change/cursor.js';
import type { ChangeStream } from '../../change/stream.js';
import type { QueryRunner } from '../../graph/sql/sql-query.js';
import { Lag } from './lag.js';
import type { ReplicaServer } from './replica-server.js';
import type { ReplicaLog, ReplicaState } from './replica-state.js';
import { UseReports } from './use-reports.js';
import { Watch } from './watch.js';

/** Pauses between two looks at a replica: one that has everything, and one that lacks changes, first and at most. */
const IDLE_MS = 500;
const MIN_RETRY_MS = 5;
const MAX_RETRY_MS = 100;

/** The id of a replica that is not known to have any change. */
const NONE = -1;

/** A streaming replica: which changes it has, and statements on it. */
export class Replica {
  readonly name: string;
  readonly #lag = new Lag();
  readonly #reports: UseReports;
  #watch: Watch | undefined;
  #stopFollowing = () => {};
  /** The newest change that it was seen to have; undefined while it does not respond. */
  #seen: LogPosition | undefined;
  /** The newest change that it is known to have of the history that this process has read. */
  #confirmedId = NONE;
  /** Since when it has a change that this process cannot find in the log. */
  #strangeSince: number | undefined;
  #retryMs = MIN_RETRY_MS;
  #failures = 0;
  #losses = 0;

  constructor(
    private readonly server: ReplicaServer,
    private readonly changes: ChangeStream,
    private readonly maxLagMs: number,
    log: ReplicaLog,
  ) {
    const [{ host, port } = {}] = server.connection.hosts;
    this.name = `${host ?? 'localhost'}:${port ?? 5432}`;
    this.#reports = new UseReports(log, this.name, maxLagMs);
  }

  /** Begins to watch it, after the first read of the log. */
  start(): void {
    this.#stopFollowing = this.changes.onRead(page => this.#onRead(page.length === 0));
    this.#watch = new Watch(this.server, {
      onPosition: position => this.#onPosition(position),
      onLost: reason => this.#onLost(reason),
    });
  }

  async stop(): Promise<void> {
    this.#stopFollowing();
    this.#confirmedId = NONE;
    await this.#watch?.stop();
  }

  get state(): ReplicaState {
    const { name } = this;
    const position = this.#seen?.id;
    return { name, isUsed: this.#isUsed, lagMs: this.#lag.ms, position, failures: this.#failures };
  }

  /** Returns whether operations may read from it that need a change and all before. */
  has(id: number): boolean {
    return this.#isUsed && this.#confirmedId >= id;
  }

  /** Sends a statement to the replica. A replica that was killed can be older when it is back, so that its answer is too. */
  readonly query: QueryRunner = async (...statement) => {
    const losses = this.#losses;
    const rows = await this.server.query(...statement);
    if (this.#losses > losses) throw new Error(`The replica ${this.name} was lost while it answered.`);
    return rows;
  };

  /** Counts a statement that failed, and looks whether the replica is still there. */
  onFailure(): void {
    this.#failures += 1;
    this.#watch?.wake();
  }

  get #isUsed(): boolean {
    return this.#confirmedId !== NONE && this.#lag.ms <= this.maxLagMs;
  }

  #onRead(isOtherHistory: boolean): void {
    if (isOtherHistory) {
      this.#confirmedId = NONE;
      this.#lag.forget();
    }
    this.#lag.onChange(this.changes.reachedId);
    this.#compare();
    this.#retryMs = MIN_RETRY_MS;
    this.#watch?.wake();
  }

  #onPosition(position: LogPosition): number {
    this.#seen = position;
    this.#compare();
    this.#reports.update(this.#isUsed);
    if (this.#confirmedId >= this.changes.reachedId) return IDLE_MS;
    const pause = this.#retryMs;
    this.#retryMs = Math.min(pause * 2, MAX_RETRY_MS);
    return pause;
  }

  #onLost(reason: unknown): void {
    this.#losses += 1;
    this.#seen = undefined;
    this.#confirmedId = NONE;
    this.#reports.update(this.#isUsed, reason);
  }

  /** Compares the newest change of the replica with those that this process has read: another history may have its id. */
  #compare(): void {
    const { changes } = this;
    if (!this.#seen) return;
    const isStrange = !changes.remembers(this.#seen);
    if (!isStrange) {
      this.#confirmedId = this.#seen.id;
      this.#lag.onCaughtUp(this.#seen.id, changes.reachedId);
    } else if (this.#seen.id <= changes.newest.id) this.#confirmedId = NONE;
    else void changes.refresh();
    if (!isStrange || changes.isCutOff) this.#strangeSince = undefined;
    else this.#strangeSince ??= performance.now();
    if (this.#strangeSince !== undefined && performance.now() - this.#strangeSince > this.maxLagMs)
      this.#confirmedId = NONE;
  }
}
