/** What a key may do. Reading needs none. */
export const SCOPES = [
  'authority:write',
  'partnership:write',
  'programme:write',
  'exchange:write',
  'organisation:write',
  'register:admin',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Whether a text is one of our scopes. */
export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}

/** Whether what was granted covers what is needed; `register:admin` covers everything. */
export function covers(granted: readonly Scope[], needed: Scope): boolean {
  return granted.includes(needed) || granted.includes('register:admin');
}
