import type { CatchUp } from '../change/catch-up.js';
import type { ChangeSelection } from '../change/log-reader.js';
import type { ChangeStream } from '../change/stream.js';
import { ChangeSetReader } from './change-set-reader.js';
import type { EventOrigin } from './event.js';
import type { Journal } from './journal.js';
import type { LoadedWebhook } from './load.js';
import { nextTask, type Pass, type Task, type TaskSource } from './next-task.js';
import { type Attempt, applyAnswer, type Retries } from './outcome.js';
import { deliveryRequest, handshakeRequest, type SendRequest } from './request.js';
import type { Slots } from './slots.js';
import { WebhookForm, WebhookResult } from './webhook.enums.js';

/** The number of requests after which another webhook may have the slot. */
const MAX_REQUESTS_OF_TURN = 20;
/** The wait after the log could not be read. */
const READ_RETRY_MS = 1_000;

/** What all webhooks of an instance share. */
export interface RunnerDeps {
  changes: ChangeStream;
  catchUp: CatchUp;
  journal: Journal;
  /** Slots of webhooks whose last attempt succeeded. */
  slots: Slots;
  /** Slots of those whose last attempt failed: receivers that hang take no slot of the others. */
  failingSlots: Slots;
  origin: EventOrigin;
  requestOrigin: string;
  retries: Retries;
  send: SendRequest;
  resolveFilter(filter: LoadedWebhook['filter']): Promise<ChangeSelection['filter']>;
  /** Returns whether this instance has the lease still. */
  isLeader(): boolean;
  /** Aborts when the lease is lost. */
  signal: AbortSignal;
  onAttempt(webhook: LoadedWebhook, attempt: Attempt): void;
}

/** Delivers to one webhook, one request at a time, so that the order of the log is kept. */
export class WebhookRunner {
  #webhook: LoadedWebhook;
  #reader: { pass: Pass; reader: ChangeSetReader } | undefined;
  #filter: Promise<ChangeSelection['filter']> | undefined;
  #isStopped = false;
  /** True if there may be something to deliver. */
  #isWoken = true;
  #resume: () => void = () => undefined;
  /** The time before which a receiver with a limit gets no further request. */
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

  /** Called when there are new changes. */
  wake(): void {
    this.#isWoken = true;
    this.#resume();
  }

  /** Reads changes again that are in memory: texts were removed from them, or the area of the filter changed. */
  discard(): void {
    this.#reader = undefined;
    this.#filter = undefined;
  }

  /** Ends after the request in flight. */
  stop(): void {
    this.#isStopped = true;
    this.#resume();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const waitMs = this.#waitMs();
      if (waitMs > 0 || !this.#isWoken) {
        await this.#wait(waitMs > 0 ? waitMs : undefined);
        continue;
      }
      const { slots, failingSlots } = this.deps;
      const release = await (this.#webhook.attempts > 0 ? failingSlots : slots).acquire();
      try {
        await this.#turn();
      } catch {
        // The database is unavailable.
        this.#restUntil = Date.now() + READ_RETRY_MS;
        this.#isWoken = true;
      } finally {
        // Only webhooks with a slot have changes in memory.
        this.#reader = undefined;
        release();
      }
    }
  }

  /** Returns the time until the next attempt. A ping does not wait for it. */
  #waitMs(): number {
    const { ping, nextAttemptAt } = this.#webhook;
    return Math.max(this.#restUntil, ping === null ? (nextAttemptAt ?? 0) : 0) - Date.now();
  }

  async #turn(): Promise<void> {
    this.#isWoken = false;
    for (let request = 0; request < MAX_REQUESTS_OF_TURN; request += 1) {
      if (this.#isStopped || this.#waitMs() > 0 || !this.deps.isLeader()) break;
      const webhook = this.#webhook;
      const task = await nextTask(webhook, this.#source(webhook));
      // A mutation came in between.
      if (webhook !== this.#webhook) continue;
      if (!task) return;
      await this.#perform(webhook, task);
    }
    this.#isWoken = true;
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
    const { requestOrigin, send, signal, journal, retries } = this.deps;
    const sentAt = new Date();
    const request = task.event
      ? deliveryRequest(webhook, task.event, requestOrigin)
      : handshakeRequest(webhook.url, requestOrigin);
    const answer = await send(request, signal);
    if (signal.aborted) return;
    const current = this.#webhook;
    // The reader is past what has to be sent again.
    if (answer.result !== WebhookResult.ACCEPTED) this.#reader = undefined;
    const attempt = applyAnswer(task, answer, { webhook, current, requestOrigin, retries });
    const duration = Date.now() - sentAt.getTime();
    journal.add(current, { ...attempt, statusCode: answer.statusCode, duration, sentAt });
    if (current.allowedRate !== null) this.#restUntil = Date.now() + 60_000 / current.allowedRate;
    this.deps.onAttempt(current, attempt);
  }

  #wait(timeoutMs: number | undefined): Promise<void> {
    return new Promise(resolve => {
      // Timers of Node take 24 days at most.
      const timer = timeoutMs === undefined ? undefined : setTimeout(resolve, Math.min(timeoutMs, 86_400_000));
      this.#resume = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#isStopped || (timeoutMs === undefined && this.#isWoken)) this.#resume();
    });
  }
}
