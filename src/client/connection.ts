import { unreachable } from './errors.js';

/** The options of `connect`. */
export interface ConnectOptions {
  /** The address of the API, such as `https://register.example/graphql`; in a browser it may be relative to the page. */
  url: string | URL;
  /**
   * The key for `Authorization: Bearer`, or a function that returns the present one. It is called for each request and each
   * connection. Reading needs no key; keep keys out of pages.
   */
  key?: string | (() => string | Promise<string>);
  /** The language of messages: `en` by default. */
  language?: 'en' | 'nl' | 'zh';
  /** Prints documents that are trees instead of texts: the function `print` of the package graphql. */
  print?: (document: never) => string;
  /** Replaces the `fetch` of the platform. */
  fetch?: typeof fetch;
}

/** Returns a value; rejects if the signal is aborted before it is there. */
function unlessAborted<T>(value: T | Promise<T>, signal: AbortSignal | null | undefined): T | Promise<T> {
  if (!signal) return value;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    Promise.resolve(value)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

/** The address of a register, and the headers of its requests. */
export class Connection {
  readonly url: URL;
  readonly #options: ConnectOptions;

  constructor(options: ConnectOptions) {
    const { location } = globalThis as { location?: { href: string } };
    this.#options = options;
    this.url = new URL(options.url, location?.href);
  }

  /** Returns the same register at a moment. */
  at(moment: string): Connection {
    const url = new URL(this.url);
    url.searchParams.set('knownAt', moment);
    return new Connection({ ...this.#options, url });
  }

  /** Returns the address of another path of the register, such as `feed`. */
  sibling(path: string, search: Record<string, string>): URL {
    const url = new URL(path, this.url);
    url.search = new URLSearchParams(search).toString();
    return url;
  }

  /** @param signal Ends the wait for a key. */
  async headers(signal?: AbortSignal | null): Promise<Record<string, string>> {
    const { key, language } = this.#options;
    const credential = typeof key === 'function' ? await unlessAborted(key(), signal) : key;
    return {
      ...(credential !== undefined && { authorization: `Bearer ${credential}` }),
      ...(language !== undefined && { 'accept-language': language }),
    };
  }

  /** Returns the text of a document. */
  textOf(document: unknown): string {
    if (typeof document === 'string' || document instanceof String) return String(document);
    const { print } = this.#options;
    if (!print) throw new TypeError('This document is a tree: pass `print` of the package graphql to `connect`.');
    return print(document as never);
  }

  /**
   * Sends a request.
   *
   * @throws RegisterError UNREACHABLE if there is no answer, or no key for the request.
   */
  async send(url: URL, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    try {
      const headers = { ...(await this.headers(init.signal)), ...init.headers };
      const send = this.#options.fetch ?? fetch;
      return await send(url, { ...init, headers });
    } catch (cause) {
      throw unreachable(cause);
    }
  }
}
