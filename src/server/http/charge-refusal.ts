import type { ServerResponse } from 'node:http';
import type { AdmissionControl } from '../../limits/admission.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import { budgetHeaders } from './rate-limit-headers.js';

/**
 * Reads a request, and charges its client one point if that fails, as for a document that is rejected. The refusal then
 * has the headers of the budget.
 *
 * @param response Undefined for a message on a socket, which has no headers.
 * @param read Called once. Its error is rethrown.
 * @throws RateLimitError instead of the error if the budget is spent.
 */
export async function chargeIfRefused<T>(
  admissionControl: AdmissionControl,
  requester: RateLimitSubject,
  response: ServerResponse | undefined,
  read: () => T | Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const budget = await admissionControl.chargeRejected(requester);
    for (const [name, value] of Object.entries(budget ? budgetHeaders(budget) : {})) response?.setHeader(name, value);
    throw error;
  }
}
