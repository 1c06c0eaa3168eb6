/**
 * The scopes of keys and tokens. Reading requires none: `read` is for a client that only reads, and gives it a name and a
 * budget of its own.
 */
export const SCOPES = [
  'read',
  'authority:write',
  'partnership:write',
  'programme:write',
  'exchange:write',
  'organisation:write',
  'proposal:write',
  'proposal:review',
  'webhook:manage',
  'register:admin',
] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * The scopes of keys that are bound to authorities. The others reach further than an authority: programmes and organisations
 * are shared by many, and reviews, webhooks and redactions concern the whole register.
 */
export const BINDABLE_SCOPES: readonly Scope[] = [
  'read',
  'authority:write',
  'partnership:write',
  'exchange:write',
  'proposal:write',
];

/** Returns true if a string is a scope of this register. */
export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}

/** Returns true if the granted scopes include the required one; `register:admin` includes all. */
export function covers(granted: readonly Scope[], required: Scope): boolean {
  return granted.includes(required) || granted.includes('register:admin');
}
