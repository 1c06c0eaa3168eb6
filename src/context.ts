import type { EntityManager } from '@mikro-orm/sql';

/** What every resolver gets: a fork of its own operation, so that loaders live exactly as long as it does. */
export interface Context {
  em: EntityManager;
}
