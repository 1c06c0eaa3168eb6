import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { defaultProtection } from '../../src/config/protection.js';

test('without settings what the README says holds', () => {
  expect(readConfig({}).protection).toEqual(defaultProtection());
  expect(defaultProtection()).toEqual({
    maxCost: 5_000,
    maxCostByScope: {},
    rate: { perAddress: 120_000, perKey: 600_000, store: 'memory' },
    trustedProxies: [],
    allowedOrigins: [],
    embedOrigins: [],
    socketsPerAddress: 50,
    clientShare: 1 / 3,
  });
});

test('every setting is read', () => {
  const { protection } = readConfig({
    MAX_COST: '100',
    MAX_COST_BY_SCOPE: 'register:admin=50000, authority:write=200',
    RATE_LIMIT: 'off',
    RATE_LIMIT_KEY: '10',
    RATE_LIMIT_STORE: 'postgresql',
    DATABASE_URL: 'postgres://a/b',
    TRUSTED_PROXIES: '10.0.0.0/8,::1, 2001:db8::/32',
    ALLOWED_ORIGINS: 'https://example.org, http://localhost:3000',
    EMBED_ORIGINS: 'https://news.example',
    SOCKETS_PER_ADDRESS: '5',
  });
  expect(protection).toEqual({
    maxCost: 100,
    maxCostByScope: { 'register:admin': 50_000, 'authority:write': 200 },
    rate: { perAddress: undefined, perKey: 10, store: 'postgresql' },
    trustedProxies: ['10.0.0.0/8', '::1', '2001:db8::/32'],
    allowedOrigins: ['https://example.org', 'http://localhost:3000'],
    embedOrigins: ['https://news.example'],
    socketsPerAddress: 5,
    clientShare: 1 / 3,
  });
});

test.each([
  ['MAX_COST', '0', /^Settings: MAX_COST is a number of points from 1 to 999999999; got "0"/],
  ['MAX_COST_BY_SCOPE', 'admin', /MAX_COST_BY_SCOPE is a comma-separated list of scopes with a number of points/],
  ['RATE_LIMIT', '-1', /RATE_LIMIT is a number of points a minute from 1 to 999999999, or off; got "-1"/],
  ['RATE_LIMIT_STORE', 'redis', /RATE_LIMIT_STORE is memory or postgresql; got "redis"/],
  ['RATE_LIMIT_STORE', 'postgresql', /only together with DATABASE_URL/],
  ['TRUSTED_PROXIES', '10.0.0.0/33', /TRUSTED_PROXIES is a comma-separated list of addresses and networks/],
  ['TRUSTED_PROXIES', 'everyone', /TRUSTED_PROXIES/],
  ['ALLOWED_ORIGINS', 'example.org', /ALLOWED_ORIGINS is a comma-separated list of origins/],
  ['ALLOWED_ORIGINS', 'https://example.org/app', /ALLOWED_ORIGINS/],
  ['SOCKETS_PER_ADDRESS', 'many', /SOCKETS_PER_ADDRESS is a number of sockets from 1 to 999999999; got "many"/],
  ['MAXCOST', '5', /MAXCOST is not a setting; did you mean MAX_COST/],
])('%s=%s is told at the start', (name, value, message) => {
  expect(() => readConfig({ [name]: value })).toThrow(message);
});
