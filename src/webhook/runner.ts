import type { ChangeSelection } from '../change/log-reader.js';
import { ChangeSetReader } from './change-set-reader.js';
import type { LoadedWebhook } from './load.js';
import { nextTask, type Pass, type Task, type TaskSource } from './next-task.js';
import { applyAnswer } from './outcome.js';
import { deliveryRequest, handshakeRequest } from './request.js';
import type { RunnerDeps } from './runner-deps.js';
import { WakeSignal } from './wake-signal.js';
import { WebhookDeliveryKind, WebhookForm, WebhookResult } from './webhook.enums.js';

/** The number of requests after which another webhook may have a turn. */
const MAX_REQUESTS_OF_TURN = 20;
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
  #restUntil = 0;
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
    return Math.max(this.#restUntil, ping === null ? (nextAttemptAt ?? 0) : 0) - Date.now();
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
    for (let request = 0; request < MAX_REQUESTS_OF_TURN; request += 1) {
      if (!this.deps.isLeader()) return this.#rest();
      if (this.#isStopped || this.#waitMs() > 0) break;
      const webhook = this.#webhook;
      const task = await nextTask(webhook, this.#source(webhook));
      // A mutation came in between.
      if (webhook !== this.#webhook) continue;
      if (!task) return;
      await this.#perform(webhook, task);
    }
    this.#signal.wake();
  }

  /** Waits before the next turn: the lease or the database is away. Without a wait the loop would keep the process busy. */
  #rest(): void {
    // Its area may be what could not be read.
    this.#filter = undefined;
    this.#restUntil = Date.now() + RETRY_MS;
    this.#signal.wake();
  }

  #source(webhook: LoadedWebhook): TaskSource {
    const { changes, catchUp, origin, journal, resolveFilter } = this.deps;
    return {
      changes,
      origin,
      readerAt: (pass, position) => {
        if (this.#reader?.pass !== pass) {
          this.#reader = { pass, reader: new ChangeSetReader(changes, catchUp, position) };
        }
        return this.#reader.reader;
      },
      selection: async () => {
        this.#filter ??= resolveFilter(webhook.filter);
        return { filter: await this.#filter, withFields: webhook.form === WebhookForm.FULL };
      },
      onMoved: () => {
        this.#reader = undefined;
        journal.moved(webhook);
      },
    };
  }

  async #perform(webhook: LoadedWebhook, task: Task): Promise<void> {
    const { requestOrigin, send, signal, journal, retries, observer } = this.deps;
    const sentAt = new Date();
    const request = task.event
      ? deliveryRequest(webhook, task.event, requestOrigin)
      : handshakeRequest(webhook.url, requestOrigin);
    const answer = await send(request, signal);
    if (signal.aborted) return;
    const current = this.#webhook;
    const { status } = current;
    // The reader is past what has to be sent again, or at a position that is not in the log.
    const isLost = task.kind === WebhookDeliveryKind.HISTORY_CHANGED;
    if (isLost || answer.result !== WebhookResult.ACCEPTED) this.#reader = undefined;
    const duration = Date.now() - sentAt.getTime();
    const attempt = applyAnswer(task, answer, { webhook, current, requestOrigin, retries });
    journal.add(current, { ...attempt, statusCode: answer.statusCode, duration, sentAt });
    if (current.allowedRate !== null) this.#restUntil = Date.now() + 60_000 / current.allowedRate;
    observer.onAttempt(attempt);
    if (current.status !== status) observer.onStatus(current, attempt);
  }
}
