import type { CatchUp } from '../change/catch-up.js';
import type { ChangeSelection } from '../change/log-reader.js';
import type { ChangeStream } from '../change/stream.js';
import type { Turns } from '../change/turns.js';
import type { EventOrigin } from './event.js';
import type { Journal } from './journal.js';
import type { LoadedWebhook } from './load.js';
import type { Attempt, Retries } from './outcome.js';
import type { SendRequest } from './request.js';

/** Receives what metrics and the log say. Must not throw. */
export interface DeliveryObserver {
  onAttempt(attempt: Attempt): void;
  /** Called after an attempt that changed the status of its webhook. */
  onStatus(webhook: LoadedWebhook, attempt: Attempt): void;
  /** Called when reading or saving webhooks, or preparing a request, failed. All of it is tried again. */
  onFailure(error: unknown): void;
}

/** The parts of an instance that all its webhooks share. */
export interface RunnerDeps {
  changes: ChangeStream;
  catchUp: CatchUp;
  journal: Journal;
  /** Turns of webhooks whose last attempt succeeded. */
  turns: Turns;
  /** Turns of those whose last attempt failed: receivers that hang take no turn of the others. */
  failingTurns: Turns;
  origin: EventOrigin;
  requestOrigin: string;
  retries: Retries;
  send: SendRequest;
  resolveFilter(filter: LoadedWebhook['filter']): Promise<ChangeSelection['filter']>;
  /** Returns whether this instance has the lease still. */
  isLeader(): boolean;
  /** Aborts when the lease is lost. */
  signal: AbortSignal;
  observer: DeliveryObserver;
}
