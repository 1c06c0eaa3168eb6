/** Whether the client holds this very answer: `If-None-Match`, after RFC 9110, compares without regard to `W/`. */
export function matchesIfNoneMatch(ifNoneMatch: string | undefined, tag: string): boolean {
  // As a client of ours sends it.
  if (ifNoneMatch === tag) return true;
  const held = ifNoneMatch?.split(',').map(one => one.trim().replace(/^W\//, '')) ?? [];
  return held.includes(tag) || held.includes('*');
}
