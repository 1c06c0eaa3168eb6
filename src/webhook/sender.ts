import { randomUUID } from 'node:crypto';
import { CatchUp } from '../change/catch-up.js';
import { type Change, ChangeKind, SubjectType } from '../change/change.js';
import { resolveFilter } from '../change/resolve-filter.js';
import type { ChangeStream } from '../change/stream.js';
import { Turns } from '../change/turns.js';
import type { Fork } from '../graph/sql/fork.js';
import { isReadOnlyError } from '../graph/sql/read-only.js';
import type { EventOrigin } from './event.js';
import { Journal } from './journal.js';
import { type DueWebhook, LEASE_MS, releaseLease, takeLease } from './lease.js';
import { type LoadedWebhook, loadWebhooks } from './load.js';
import { DEFAULT_RETRIES, type Retries } from './outcome.js';
import type { SendRequest } from './request.js';
import { WebhookRunner } from './runner.js';
import type { DeliveryObserver, RunnerDeps } from './runner-deps.js';

/** The first statement of a start is that of a client: the embedded database plans one after the other. */
const FIRST_TICK_MS = 250;
/** The lease is renewed, and webhooks that were changed are loaded, this often. */
const TICK_MS = 1_000;
/** A database that accepts no writes is asked for the lease this often: it logs each refusal. */
const READ_ONLY_TICK_MS = 10_000;
/** The lease counts as lost this long before it ends: the clock of the database may run faster. */
const LEASE_MARGIN_MS = 250;

/** Limits the requests at a time: to receivers that answer, and to those whose last attempt failed. */
const MAX_REQUESTS = 50;
const MAX_FAILING_REQUESTS = 10;

/** The parts of an instance that deliver. */
export interface SenderDeps {
  changes: ChangeStream;
  fork: () => Fork;
  origin: EventOrigin;
  send: SendRequest;
  observer: DeliveryObserver;
  retries?: Retries | undefined;
  tickMs?: number | undefined;
}

/** Delivers the log to webhooks while this instance has the lease. */
export class WebhookSender {
  readonly #holder = randomUUID();
  readonly #journal: Journal;
  readonly #catchUp: CatchUp;
  readonly #runners = new Map<string, WebhookRunner>();
  /** Webhooks that were paused or deleted, and whose last request is in flight. */
  readonly #ending = new Set<string>();
  readonly #turns = { turns: new Turns(MAX_REQUESTS), failingTurns: new Turns(MAX_FAILING_REQUESTS) };
  #lease = { until: 0, abort: new AbortController() };
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> = Promise.resolve();
  #isStopped = false;
  #stopListening: () => void = () => undefined;

  constructor(private readonly deps: SenderDeps) {
    const { fork, changes, observer } = deps;
    this.#journal = new Journal(fork, this.#holder, observer.onFailure);
    this.#catchUp = new CatchUp(fork, () => changes.newest);
  }

  /** The webhooks that this instance delivers to. */
  get webhooks(): LoadedWebhook[] {
    return [...this.#runners.values()].map(({ webhook }) => webhook);
  }

  start(): void {
    this.#stopListening = this.deps.changes.onRead(page => this.#onRead(page));
    this.#tickSoon(FIRST_TICK_MS);
  }

  /** Breaks off requests in flight, saves what was delivered, and gives the lease up. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#stopListening();
    await this.#ticking;
    const { until } = this.#lease;
    await this.#endRunners();
    if (until > 0) await releaseLease(this.deps.fork(), this.#holder).catch(() => undefined);
  }

  #onRead(page: readonly Change[]): void {
    const isRedacted = page.some(({ kind }) => kind === ChangeKind.REDACTED);
    if (isRedacted) this.#catchUp.discard();
    const isOutdated = isRedacted || page.some(({ subjectType }) => subjectType === SubjectType.AUTHORITY);
    for (const runner of this.#runners.values()) {
      if (isOutdated) runner.discard();
      runner.wake();
    }
  }

  #tickSoon(delay: number): void {
    this.#timer = setTimeout(() => {
      this.#ticking = this.#tick().then(nextDelay => {
        if (!this.#isStopped) this.#tickSoon(nextDelay);
      });
    }, delay).unref();
  }

  /** Returns the time until the next tick. */
  async #tick(): Promise<number> {
    const { tickMs = TICK_MS } = this.deps;
    try {
      await this.#renew();
      return tickMs;
    } catch (error) {
      this.deps.observer.onFailure(error);
      // The next tick tries again.
      if (this.#isLeader()) return tickMs;
      await this.#endRunners();
      return isReadOnlyError(error) ? READ_ONLY_TICK_MS : tickMs;
    }
  }

  /** Takes or renews the lease, and delivers to the webhooks of the table while it lasts. */
  async #renew(): Promise<void> {
    const startedAt = performance.now();
    // Another instance may have delivered meanwhile, and given the lease up: what is stored counts.
    if (this.#lease.until > 0 && !this.#isLeader()) await this.#endRunners();
    const due = await takeLease(this.deps.fork(), this.#holder);
    if (due.length === 0) return this.#endRunners();
    if (this.#lease.until === 0) this.#lease.abort = new AbortController();
    this.#lease.until = startedAt + LEASE_MS - LEASE_MARGIN_MS;
    await this.#adopt(due);
    await this.#journal.save();
  }

  #isLeader(): boolean {
    return performance.now() < this.#lease.until;
  }

  /** Starts, changes and stops webhooks, as the table has them. */
  async #adopt(due: readonly DueWebhook[]): Promise<void> {
    const revisions = new Map(due.map(({ id, revision }) => [id, revision]));
    for (const [id, runner] of this.#runners) {
      if (revisions.has(id)) continue;
      runner.stop();
      this.#runners.delete(id);
      this.#ending.add(id);
      void runner.ended.then(() => this.#ending.delete(id));
    }
    // A webhook that is resumed while its last request is in flight waits for it.
    const isOutdated = ({ id, revision }: DueWebhook) =>
      !this.#ending.has(id) && this.#runners.get(id)?.webhook.revision !== revision;
    const ids = due.filter(isOutdated).map(({ id }) => id);
    if (ids.length === 0) return;
    await this.#journal.save();
    for (const webhook of await loadWebhooks(this.deps.fork(), ids)) {
      const runner = this.#runners.get(webhook.id);
      if (runner) runner.replace(webhook);
      else this.#runners.set(webhook.id, new WebhookRunner(webhook, this.#runnerDeps()));
    }
  }

  #runnerDeps(): RunnerDeps {
    const { changes, fork, origin, send, observer, retries = DEFAULT_RETRIES } = this.deps;
    return {
      ...this.#turns,
      changes,
      catchUp: this.#catchUp,
      journal: this.#journal,
      origin,
      requestOrigin: new URL(origin.publicUrl).hostname,
      retries,
      send,
      resolveFilter: async filter => (filter.within == null ? (filter as object) : resolveFilter(fork(), filter)),
      isLeader: () => this.#isLeader(),
      signal: this.#lease.abort.signal,
      observer,
    };
  }

  /** Ends all deliveries: another instance has the lease, or will. */
  async #endRunners(): Promise<void> {
    this.#lease.until = 0;
    this.#lease.abort.abort();
    const runners = [...this.#runners.values()];
    this.#runners.clear();
    for (const runner of runners) runner.stop();
    await Promise.all(runners.map(({ ended }) => ended));
    await this.#journal.save();
    // A later lease begins with what is stored.
    this.#journal.discard();
  }
}
