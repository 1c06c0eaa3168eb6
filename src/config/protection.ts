import { z } from 'zod';

/** What keeps one client from taking the service away from the others, as an operator may set it. */
export interface Protection {
  /** What one operation may cost, and what it may for those with a scope; the largest that applies counts. */
  maxCost: number;
  maxCostByScope: Readonly<Record<string, number>>;
  /** Points of cost a minute; undefined for no limit. */
  rate: { perAddress: number | undefined; perKey: number | undefined; store: 'memory' | 'postgresql' };
  /** Addresses and networks (`10.0.0.0/8`) of proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
  /** Other sites whose pages may use the API: `https://example.org`, or `*` for all. */
  allowedOrigins: readonly string[];
  /** Sockets and streams that one address may have open at a time. */
  socketsPerAddress: number;
}

const list = (text: string) => text.split(',').flatMap(item => item.trim() || []);

/** A comma-separated list, each item of which follows a rule. */
const listOf = (rule: string, isOne: (item: string) => boolean) =>
  z
    .string()
    .default('')
    .transform(list)
    .refine(items => items.every(isOne), `is a comma-separated list of ${rule}`);

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

const isOrigin = (text: string) => text === '*' || (URL.canParse(text) && new URL(text).origin === text);

const POINTS = 'is a number of points a minute, or off';

/** The settings of the environment that are about protection. */
export const protectionSettings = {
  MAX_COST: count('is a number of points').default(5_000),
  MAX_COST_BY_SCOPE: listOf('scopes with a number of points, such as register:admin=50000', item =>
    /^[a-z]+:[a-z]+=[1-9]\d{0,8}$/.test(item),
  ),
  RATE_LIMIT: points(POINTS).default(120_000),
  RATE_LIMIT_KEY: points(POINTS).default(600_000),
  RATE_LIMIT_STORE: z.enum(['memory', 'postgresql'], 'is memory or postgresql').default('memory'),
  TRUSTED_PROXIES: listOf('addresses and networks, such as 10.0.0.0/8', item => network.safeParse(item).success),
  ALLOWED_ORIGINS: listOf('origins, such as https://example.org, or *', isOrigin),
  SOCKETS_PER_ADDRESS: count('is a number of sockets').default(50),
};

const settings = z.object(protectionSettings);

/** Protection as the settings say it. */
export function protectionOf(read: z.infer<typeof settings>): Protection {
  const costs = read.MAX_COST_BY_SCOPE.map(item => item.split('=') as [string, string]);
  return {
    maxCost: read.MAX_COST,
    maxCostByScope: Object.fromEntries(costs.map(([scope, most]) => [scope, Number(most)])),
    rate: {
      perAddress: read.RATE_LIMIT ?? undefined,
      perKey: read.RATE_LIMIT_KEY ?? undefined,
      store: read.RATE_LIMIT_STORE,
    },
    trustedProxies: read.TRUSTED_PROXIES,
    allowedOrigins: read.ALLOWED_ORIGINS,
    socketsPerAddress: read.SOCKETS_PER_ADDRESS,
  };
}

/** What holds when nothing is set. */
export const DEFAULT_PROTECTION: Protection = protectionOf(settings.parse({}));
