import type { LogPosition } from '../../change/cursor.js';
import type { ChangeStream } from '../../change/stream.js';
import type { ReplicaRunner } from '../../graph/sql/replicas.js';
import type { SqlQuery } from '../../graph/sql/sql-query.js';
import { Lag } from './lag.js';
import type { ReplicaServer } from './replica-server.js';
import type { ReplicaLog, ReplicaState } from './replica-state.js';
import { isStatementFault } from './statement-fault.js';
import { readsLoggedTables } from './unlogged-tables.js';
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

  /** Sends a statement to the replica; to the primary if it is one that only the primary answers, or fails on the replica. */
  readonly run: ReplicaRunner = (primary, query, share, moment) => {
    if (!this.#answers(query, moment)) return primary(query, share, moment);
    return this.server.query(query, share, moment).catch(error => {
      if (isStatementFault(error)) throw error;
      this.#failures += 1;
      this.#watch?.wake();
      return primary(query, share, moment);
    });
  };

  /** Sends a statement to the primary; to the replica if the primary is away. */
  readonly runIfCutOff: ReplicaRunner = (primary, query, share, moment) =>
    primary(query, share, moment).catch(error => {
      if (isStatementFault(error) || !this.#answers(query, moment)) throw error;
      return this.server.query(query, share, moment);
    });

  /** Returns whether the replica can answer a statement that reads a moment. */
  #answers({ text }: SqlQuery, moment: number | undefined): boolean {
    return this.has(moment ?? 0) && readsLoggedTables(text);
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
