import Negotiator from 'negotiator';
import { headerCache } from './header-cache.js';

/** Matches a parameter of a media type, such as `profile` or `charset`: all but its weight. */
const PARAMETER = /;\s*(?!q\s*=)[^\s=;,"]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*)/gi;

/** Returns `Accept` without the parameters of media types: each type exists in one form, which a parameter asks for in vain. */
export const withoutParameters = (accept: string): string => accept.replace(PARAMETER, '');

/**
 * Returns the function that chooses one of these media types by the value of `Accept` (RFC 9110, 12.5.1): undefined if the
 * client accepts none. Of equal weights the more specific range decides, then the order of the header, then that of the types.
 */
export function mediaTypeChoice<Type extends string>(...types: Type[]): (accept: string) => Type | undefined {
  const chosen = headerCache<Type | 'none'>();
  return accept => {
    let type = chosen.get(accept);
    if (type === undefined) {
      const headers = { accept: withoutParameters(accept) };
      type = (new Negotiator({ headers }).mediaType([...types]) ?? 'none') as Type | 'none';
      chosen.set(accept, type);
    }
    return type === 'none' ? undefined : type;
  };
}
