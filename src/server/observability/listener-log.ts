import { type Logger, logRecovery } from './logger.js';

/** Logs each transition of the listening connection, not each failed attempt. */
export class ListenerLog {
  readonly #log: Logger;
  #state: 'starting' | 'heard' | 'lost' | 'stopped' = 'starting';

  constructor(log: Logger) {
    this.#log = log;
  }

  heard(): void {
    if (this.#state === 'stopped') return;
    if (this.#state === 'lost') logRecovery(this.#log, 'LISTEN is heard again: the response cache is in use');
    this.#state = 'heard';
  }

  lost(reason: unknown): void {
    if (this.#state === 'lost' || this.#state === 'stopped') return;
    this.#state = 'lost';
    this.#log(
      'LISTEN is not heard: the response cache is not in use, and changes of other instances come late',
      reason,
    );
  }

  /** Ends the log: the loss that follows is intended. */
  stop(): void {
    this.#state = 'stopped';
  }
}
