import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdmissionControl } from '../../limits/admission.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';

/** The points of a request: those of its statements. */
const REQUEST_COST = 20;
const MESSAGES_PER_POINT = 10;

/** A request of the feed, and the budget of its client. */
export class FeedClient {
  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly requester: RateLimitSubject,
    private readonly admissionControl: AdmissionControl,
  ) {}

  /** @throws RateLimitError if the budget is spent. */
  chargeRequest(): Promise<void> {
    return this.#charge(REQUEST_COST);
  }

  /** Charges one point per ten messages. @throws RateLimitError if the budget is spent. */
  async chargeMessages(count: number): Promise<void> {
    // A charge is one point at least.
    if (count > 0) await this.#charge(Math.ceil(count / MESSAGES_PER_POINT));
  }

  async #charge(points: number): Promise<void> {
    const headers = rateLimitHeaders(await this.admissionControl.chargeCached(this.requester, points));
    if (this.response.headersSent) return;
    for (const [name, value] of Object.entries(headers)) this.response.setHeader(name, value);
  }
}
