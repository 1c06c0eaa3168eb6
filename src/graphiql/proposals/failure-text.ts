import { messageOf } from '../result/message-of.js';
import type { ProposalTexts } from './texts-en.js';

/** Returns the message of the register, or that it cannot be reached: the message of the browser for that is in its own words. */
export const failureText = (error: unknown, { unreachable }: Pick<ProposalTexts, 'unreachable'>): string =>
  // `fetch` rejects with a TypeError without a connection; a proxy without a server behind it answers no JSON.
  error instanceof TypeError || error instanceof SyntaxError ? unreachable : messageOf(error);
