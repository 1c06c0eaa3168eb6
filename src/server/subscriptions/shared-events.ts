import type { Change } from '../../change/change.js';
import type { ChangeReader } from '../../change/change-reader.js';
import { changeCursor } from '../../change/cursor.js';
import type { EventCharges } from '../../limits/event-charges.js';
import type { EventResult, GroupResults } from './event-results.js';

/** Sends an event. Returns a promise if the client has not taken it at once, which settles when it has. */
export type SendEvent = (event: EventResult) => Promise<void> | undefined;

/**
 * The events of one subscriber, which it shares with the others of its group. Thousands of them receive each change: an event
 * whose result is known, to a client that reads, is sent without a promise.
 */
export class SharedEvents {
  /** The id of the last event. */
  #position = 0;
  #isWaiting = false;
  #isEnded = false;

  /**
   * @param resolve Computes the result of a change.
   * @param onEnd Called once, at the end of the subscription.
   */
  constructor(
    private readonly results: GroupResults,
    private readonly changes: ChangeReader,
    private readonly charges: EventCharges | undefined,
    private readonly resolve: (change: Change) => Promise<EventResult>,
    private readonly onEnd: () => void,
  ) {
    results.join();
  }

  /**
   * Sends the events, each when the client has taken the one before. Called once.
   *
   * @returns A promise that settles when the subscription has ended.
   */
  sendTo(send: SendEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        this.end();
        reject(error);
      };
      const sendEvents = () => {
        try {
          let pending: Promise<void> | undefined;
          while (!pending) {
            if (this.#isEnded) return resolve();
            // Before the next change is read: a subscriber that is ended during the wait resumes after its last event.
            pending = this.charges?.settle();
            if (pending) {
              // The client has taken the event before.
              this.#isWaiting = true;
              break;
            }
            const change = this.changes.read(sendEvents);
            this.#isWaiting = !change;
            if (change) pending = this.#send(change, send);
            else if (this.changes.isEnded) this.end();
            else return;
          }
          pending.then(sendEvents, fail);
        } catch (error) {
          fail(error);
        }
      };
      sendEvents();
    });
  }

  #send(change: Change, send: SendEvent): Promise<void> | undefined {
    const result = this.results.take(change, this.#position, this.resolve);
    this.#position = change.id;
    return result instanceof Promise
      ? result.then(computed => this.#sendResult(computed, send))
      : this.#sendResult(result, send);
  }

  #sendResult(result: EventResult, send: SendEvent): Promise<void> | undefined {
    // It may have ended meanwhile.
    if (this.#isEnded) return undefined;
    this.charges?.add(result.cost);
    this.changes.onSent();
    return send(result);
  }

  /** Returns the cursor up to which all events were sent. Undefined while one is computed, or is not taken yet. */
  takenUpTo(): string | undefined {
    return this.#isWaiting && !this.#isEnded ? changeCursor(this.changes.position) : undefined;
  }

  /** Ends the subscription, and a wait at once. */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.results.leave(this.#position);
    this.charges?.end();
    this.onEnd();
    this.changes.close();
  }
}
