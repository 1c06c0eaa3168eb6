import { Counter, Gauge, type Registry } from 'prom-client';
import { refusalCounts } from '../../limits/refusals.js';

/** The memory of a cache or buffer, in bytes, and its limit. */
export interface Memory {
  readonly bytes: number;
  readonly maxBytes: number;
}

/** The connections of a pool, as `pg` counts them. */
export interface PoolUse {
  readonly totalCount: number;
  readonly idleCount: number;
  /** Callers that wait for a connection. */
  readonly waitingCount: number;
}

/** The use of the limits of a service. */
export interface ObservedCapacity {
  /** The caches and buffers that are worth watching, by their name in the metrics; undefined for one that is disabled. */
  caches(): Readonly<Record<string, Memory | undefined>>;
  /** The pool of PostgreSQL and its limit; undefined for the embedded database, which has one connection. */
  readonly pool: { readonly max: number; use(): Promise<PoolUse> } | undefined;
}

/** Adds the gauges of capacity to a registry. They read the services at a scrape, and cost nothing between scrapes. */
export function registerCapacity(registers: Registry[], services: ReadonlySet<ObservedCapacity>): void {
  const cacheGauge = (name: string, help: string, read: (memory: Memory) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['cache'],
      registers,
      collect() {
        this.reset();
        for (const { caches } of services) {
          for (const [cache, memory] of Object.entries(caches())) if (memory) this.inc({ cache }, read(memory));
        }
      },
    });
  cacheGauge('stedenband_cache_bytes', 'Estimated memory of a cache or buffer, by its name.', ({ bytes }) => bytes);
  cacheGauge('stedenband_cache_limit_bytes', 'Limit of a cache or buffer, by its name.', ({ maxBytes }) => maxBytes);

  const pools = () => [...services].flatMap(({ pool }) => pool ?? []);
  new Gauge({
    name: 'stedenband_pool_connections',
    help: 'Open connections of the pool to PostgreSQL, by state: active or idle; none for the embedded database.',
    labelNames: ['state'],
    registers,
    async collect() {
      const uses = await Promise.all(pools().map(pool => pool.use()));
      this.reset();
      for (const { totalCount, idleCount } of uses) {
        this.inc({ state: 'idle' }, idleCount);
        this.inc({ state: 'active' }, totalCount - idleCount);
      }
    },
  });
  new Gauge({
    name: 'stedenband_pool_waiting',
    help: 'Callers that wait for a connection of the pool, because all are in use.',
    registers,
    async collect() {
      const uses = await Promise.all(pools().map(pool => pool.use()));
      this.set(uses.reduce((sum, { waitingCount }) => sum + waitingCount, 0));
    },
  });
  new Gauge({
    name: 'stedenband_pool_max_connections',
    help: 'Limit of the connections of the pool to PostgreSQL (DATABASE_POOL_SIZE).',
    registers,
    collect() {
      this.set(pools().reduce((sum, { max }) => sum + max, 0));
    },
  });
  new Counter({
    name: 'stedenband_budget_refusals_total',
    help: 'Requests refused because a budget was spent: of an address, of a key, of reports or of short links.',
    labelNames: ['budget'],
    registers,
    collect() {
      this.reset();
      for (const [budget, count] of refusalCounts()) this.inc({ budget }, count);
    },
  });
}
