import type { ChangeSelection } from '../change/log-reader.js';
import { ChangeSetReader } from './change-set-reader.js';
import type { LoadedWebhook } from './load.js';
import { nextTask, type Pass, type Task, type TaskSource } from './next-task.js';
import { applyAnswer } from './outcome.js';
import { requestOf } from './request.js';
import type { RunnerDeps } from './runner-deps.js';
import { WakeSignal } from './wake-signal.js';
import { WebhookDeliveryKind, WebhookForm, WebhookResult } from './webhook.enums.js';

/** The time after which another webhook may have a turn, regardless of how fast the receiver is. */
const MAX_TURN_MS = 1_000;
/** The wait while the log cannot be read, or the lease is to be lost. */
const RETRY_MS = 500;

/** Delivers to one webhook, one request at a time, so that they arrive in the order of the log. */
export class WebhookRunner {
  #webhook: LoadedWebhook;
  #reader: { pass: Pass; reader: ChangeSetReader } | undefined;
  #filter: Promise<ChangeSelection['filter']> | undefined;
  #isStopped = false;
  /** Set if there may be something to deliver. */
  readonly #signal = new WakeSignal();
  /** A time of `performance.now()`: the clock of the machine may be set. */
  #restUntil = 0;
  /** The number of calls of `discard`: what was read before one is not sent. */
  #discards = 0;
  readonly ended: Promise<void>;

  constructor(
    webhook: LoadedWebhook,
    private readonly deps: RunnerDeps,
  ) {
    this.#webhook = webhook;
    this.ended = this.#run();
  }

  get webhook(): LoadedWebhook {
    return this.#webhook;
  }

  /** Continues with a webhook as a mutation left it. Its position is that of this process, which may be further. */
  replace(webhook: LoadedWebhook): void {
    const { position, deliveryCount } = this.#webhook;
    this.#webhook = { ...webhook, position, deliveryCount };
    this.discard();
    this.wake();
  }

  readonly wake = (): void => this.#signal.wake();

  /** Reads changes again: texts were removed from them, or the area of the filter changed. */
  discard(): void {
    this.#discards += 1;
    this.#reader = undefined;
    this.#filter = undefined;
  }

  /** Ends after the request in flight. */
  stop(): void {
    this.#isStopped = true;
    this.#signal.wake();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const waitMs = this.#waitMs();
      const { turns, failingTurns } = this.deps;
      if (waitMs > 0 || !this.#signal.isSet) await this.#signal.wait(waitMs > 0 ? waitMs : undefined);
      else await (this.#webhook.attempts > 0 ? failingTurns : turns).run(() => this.#turn());
    }
  }

  /** Returns the time until the next attempt. A ping does not wait for it. */
  #waitMs(): number {
    const { ping, nextAttemptAt } = this.#webhook;
    const attemptIn = ping === null && nextAttemptAt !== null ? nextAttemptAt - Date.now() : 0;
    return Math.max(attemptIn, this.#restUntil - performance.now());
  }

  async #turn(): Promise<void> {
    await this.#deliver().catch(error => {
      this.deps.observer.onFailure(error);
      this.#rest();
    });
    // Only webhooks that have a turn have changes in memory.
    this.#reader = undefined;
  }

  async #deliver(): Promise<void> {
    this.#signal.clear();
    for (const endsAt = performance.now() + MAX_TURN_MS; performance.now() < endsAt; ) {
      if (!this.deps.isLeader()) return this.#rest();
      if (this.#isStopped || this.#waitMs() > 0) break;
      const [webhook, discards] = [this.#webhook, this.#discards];
      const task = await nextTask(webhook, this.#source(webhook));
      // A mutation or a redaction came in between: what was read after it is of the webhook before it, or was not sent.
      if (webhook !== this.#webhook || discards !== this.#discards) this.discard();
      else if (!task) return;
      else await this.#perform(webhook, task);
    }
    this.#signal.wake();
  }

  /** Waits before the next turn: the lease or the database, perhaps the area of the filter, is away. A loop would be busy. */
  #rest(): void {
    this.#filter = undefined;
    this.#restUntil = performance.now() + RETRY_MS;
    this.#signal.wake();
  }

  #source(webhook: LoadedWebhook): TaskSource {
    const { changes, catchUp, origin, journal, resolveFilter } = this.deps;
    return {
      changes,
      origin,
      readerAt: (pass, position) => {
        if (this.#reader?.pass !== pass)
          this.#reader = { pass, reader: new ChangeSetReader(changes, catchUp, position) };
        return this.#reader.reader;
      },
      selection: async () => {
        this.#filter ??= resolveFilter(webhook.filter);
        return { filter: await this.#filter, withFields: webhook.form === WebhookForm.FULL };
      },
      onMoved: () => {
        this.#reader = undefined;
        if (webhook === this.#webhook) journal.moved(webhook);
      },
    };
  }

  async #perform(webhook: LoadedWebhook, task: Task): Promise<void> {
    const { requestOrigin, send, signal, journal, retries, observer } = this.deps;
    const [sentAt, startedAt] = [new Date(), performance.now()];
    const answer = await send(requestOf(webhook, task.event, requestOrigin), signal);
    if (signal.aborted) return;
    const current = this.#webhook;
    const { status } = current;
    // The reader is past what has to be sent again, or at a position that is not in the log.
    const isLost = task.kind === WebhookDeliveryKind.HISTORY_CHANGED;
    if (isLost || answer.result !== WebhookResult.ACCEPTED) this.#reader = undefined;
    const duration = Math.round(performance.now() - startedAt);
    const attempt = applyAnswer(task, answer, { webhook, current, requestOrigin, retries });
    journal.add(current, { ...attempt, statusCode: answer.statusCode, duration, sentAt });
    if (current.allowedRate !== null) this.#restUntil = performance.now() + 60_000 / current.allowedRate;
    observer.onAttempt(attempt);
    if (current.status !== status) observer.onStatus(current, attempt);
  }
}
