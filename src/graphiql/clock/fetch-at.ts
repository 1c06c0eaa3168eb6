import { readerLanguage } from '../language.js';
import { isRefusal, type KnownAt, withKnownAt } from '../result/known-at.js';

/** Says that an answer may be of another moment. */
const LOST = {
  en: 'This answer does not say that it is of the moment of the clock, so it is not shown. A proxy or router between this page and the register loses the parameter knownAt or the header Register-Known-At.',
  nl: 'Dit antwoord zegt niet dat het van het moment van de klok is, en wordt dus niet getoond. Een proxy of router tussen deze pagina en het register verliest de parameter knownAt of de header Register-Known-At.',
  zh: '此回答没有说明它属于时钟所示的时刻，因此不予显示。本页与登记册之间的代理或路由器丢失了参数 knownAt 或标头 Register-Known-At。',
};

/** Header of requests and responses: the moment that a request asks about, and that an answer is of. */
const KNOWN_AT_HEADER = 'Register-Known-At';

/**
 * Returns a `fetch` that asks about a moment, or about the present. The header is for routers, which do not pass
 * parameters on. An answer that is of another moment becomes an error. Messages are in the language of the page, which need
 * not be that of the browser.
 */
export const fetchAt =
  (knownAt: KnownAt | undefined): typeof fetch =>
  async (url, init) => {
    const headers = new Headers(init?.headers);
    if (!headers.has('accept-language')) headers.set('accept-language', readerLanguage());
    if (knownAt !== undefined) headers.set(KNOWN_AT_HEADER, knownAt);
    const response = await fetch(withKnownAt(String(url), knownAt), { ...init, headers });
    const isOfPast = response.headers.get(KNOWN_AT_HEADER) !== null;
    if (!response.ok || isOfPast === (knownAt !== undefined) || (await isRefusal(response))) return response;
    return Response.json({ errors: [{ message: LOST[readerLanguage()] }] });
  };
