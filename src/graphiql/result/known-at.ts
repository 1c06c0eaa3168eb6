const PARAMETER = 'knownAt';
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Moment in a form that `knownAt` takes: an instant with an offset, or the cursor of a change. */
export type KnownAt = string;

export const isInstant = (text: string): boolean => INSTANT.test(text);

/**
 * Returns the moment in the query of an address; `undefined` is the present. An empty one is none, which the register
 * refuses. A plus sign that was not encoded is read as a blank: it is one again before the offset.
 */
export const knownAtOf = (search: string): KnownAt | undefined =>
  new URLSearchParams(search).get(PARAMETER)?.replace(/ (?=\d\d:\d\d$)/, '+');

/** Returns an address, relative or not, that is about a moment. Other parameters remain. */
export function withKnownAt(url: string, knownAt: KnownAt | undefined): string {
  const [path = '', query = ''] = url.split('?', 2);
  const others = query.split('&').filter(part => part !== '' && part.split('=', 1)[0] !== PARAMETER);
  // A colon needs no escape, and an instant is easier to read with it.
  const value = knownAt && encodeURIComponent(knownAt).replaceAll('%3A', ':');
  const parts = value === undefined ? others : [...others, `${PARAMETER}=${value}`];
  return parts.length > 0 ? `${path}?${parts.join('&')}` : path;
}

/** Returns a file name that tells of which moment the file is; unchanged in the present. */
export const fileNameAt = (name: string, knownAt: KnownAt | undefined): string =>
  knownAt === undefined ? name : `${name}-knownAt-${knownAt.replaceAll(':', '.')}`;

/**
 * Returns whether a request is refused as a whole, which is of no moment. To a client that accepts `application/json` alone a
 * refusal has status 200. The body can still be read.
 */
export async function isRefusal(response: Response): Promise<boolean> {
  const read = response.clone().json() as Promise<{ data?: unknown; errors?: unknown } | null>;
  const body = await read.catch(() => undefined);
  return body?.errors !== undefined && body.data === undefined;
}
