import type { ReaderLanguage } from './format.js';
import { messageOf } from './message-of.js';

export const UNREACHABLE_TEXTS: Readonly<Record<ReaderLanguage, string>> = {
  en: 'The register cannot be reached. Check the connection, then try again.',
  nl: 'Het register is niet bereikbaar. Controleer de verbinding en probeer het opnieuw.',
  zh: '无法连接登记册。请检查网络连接后重试。',
};

/** Returns the message of the register, or that it cannot be reached: the message of the browser for that is in its own words. */
export const failureText = (error: unknown, { unreachable }: { readonly unreachable: string }): string =>
  // `fetch` rejects with a TypeError without a connection; a proxy without a server behind it answers no JSON.
  error instanceof TypeError || error instanceof SyntaxError ? unreachable : messageOf(error);
