import { readerLanguage } from './language.js';
import { failureText, UNREACHABLE_TEXTS } from './result/failure-text.js';

/** Returns the message of a failure, in the language of the page. */
export const failureMessage = (error: unknown): string =>
  failureText(error, { unreachable: UNREACHABLE_TEXTS[readerLanguage()] });
