import { z } from 'zod';
import { isScope, SCOPES } from '../access/scope.js';

/** Limits that prevent a client from taking the service away from the others. */
export interface Protection {
  /** The maximum cost of an operation; for a client with scopes, the largest maximum of its scopes if that is more. */
  maxCost: number;
  maxCostByScope: Readonly<Record<string, number>>;
  /** Points of cost per minute; `undefined` is no limit. */
  rate: { perAddress: number | undefined; perKey: number | undefined; store: 'memory' | 'postgresql' };
  /** Addresses and networks (`10.0.0.0/8`) of proxies whose `X-Forwarded-For` is trusted. */
  trustedProxies: readonly string[];
  /** Origins of other sites whose pages may use the API: `https://example.org`; `localhost` for this machine, `*` for all. */
  allowedOrigins: readonly string[];
  /** Origins of other sites whose pages may embed `/embed/<view>`; `*` for all. */
  embedOrigins: readonly string[];
  /** The maximum number of open WebSockets and event streams per address. */
  socketsPerAddress: number;
  /** The share of the database connections, and of the places for exports, that one client may use at a time. */
  clientShare: number;
}

/** Returns how many of a number of places one client may use: its share, and at least one. */
export const placesOfClient = (places: number, share: number): number => Math.max(1, Math.floor(places * share));

const items = (text: string) => text.split(',').flatMap(item => item.trim() || []);

/** A comma-separated list. `rule` names valid items in the error message. */
const listOf = (rule: string, isValid: (item: string) => boolean) =>
  z
    .string()
    .default('')
    .transform(items)
    .refine(list => list.every(isValid), `is a comma-separated list of ${rule}`);

const count = (rule: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/, rule)
    .transform(Number);

const points = (rule: string) =>
  z
    .string()
    .regex(/^(?:off|[1-9]\d{0,8})$/, rule)
    .transform(text => (text === 'off' ? null : Number(text)));

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** Returns an item of the allowed origins as browsers write it; undefined for a pattern, a path or another scheme. */
function originOf(text: string): string | undefined {
  if (text === '*' || text === 'localhost') return text;
  const url = URL.parse(text);
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` && !/[*\\]/.test(text);
  return isOrigin ? url.origin : undefined;
}

/** A list of origins as browsers write them. */
const originList = (rule: string, isPermitted: (item: string) => boolean = () => true) =>
  listOf(rule, item => isPermitted(item) && originOf(item) !== undefined).transform(list =>
    list.map(item => originOf(item) as string),
  );

/** Two clients that use all they may leave as much again for the others. */
const CLIENT_SHARE = 1 / 3;

const POINTS_RULE = 'is a number of points a minute from 1 to 999999999, or off';

/** The settings of the environment that configure protection. */
export const protectionSettings = {
  MAX_COST: count('is a number of points from 1 to 999999999').default(5_000),
  MAX_COST_BY_SCOPE: listOf(
    `scopes with a number of points, such as register:admin=50000; the scopes are ${SCOPES.join(', ')}`,
    item => /^[^=]+=[1-9]\d{0,8}$/.test(item) && isScope(item.replace(/=.*/, '')),
  ),
  RATE_LIMIT: points(POINTS_RULE).default(120_000),
  RATE_LIMIT_KEY: points(POINTS_RULE).default(600_000),
  RATE_LIMIT_STORE: z.enum(['memory', 'postgresql'], 'is memory or postgresql').default('memory'),
  TRUSTED_PROXIES: listOf('addresses and networks, such as 10.0.0.0/8', item => network.safeParse(item).success),
  ALLOWED_ORIGINS: originList(
    'origins (scheme, host and port, such as https://example.org), localhost for all pages of this machine, or *',
  ),
  EMBED_ORIGINS: originList(
    'origins (scheme, host and port, such as https://example.org), or *',
    item => item !== 'localhost',
  ),
  SOCKETS_PER_ADDRESS: count('is a number of sockets from 1 to 999999999').default(50),
};

const settings = z.object(protectionSettings);

/** Returns the limits that validated settings describe. */
export function protectionOf(values: z.output<typeof settings>): Protection {
  const costs = values.MAX_COST_BY_SCOPE.map(item => item.split('=') as [string, string]);
  return {
    maxCost: values.MAX_COST,
    maxCostByScope: Object.fromEntries(costs.map(([scope, cost]) => [scope, Number(cost)])),
    rate: {
      perAddress: values.RATE_LIMIT ?? undefined,
      perKey: values.RATE_LIMIT_KEY ?? undefined,
      store: values.RATE_LIMIT_STORE,
    },
    trustedProxies: values.TRUSTED_PROXIES,
    allowedOrigins: values.ALLOWED_ORIGINS,
    embedOrigins: values.EMBED_ORIGINS,
    socketsPerAddress: values.SOCKETS_PER_ADDRESS,
    clientShare: CLIENT_SHARE,
  };
}

/** Returns the limits of an environment without settings. */
export const defaultProtection = (): Protection => protectionOf(settings.parse({}));
