import type { EntityManager } from '@mikro-orm/sql';

/** The part of an EntityManager that reading rows takes. A fork of the ORM has it, such as that of a transaction. */
export interface Fork extends Pick<EntityManager, 'getConnection' | 'getTransactionContext' | 'fork'> {
  getMetadata(entity: never): object;
}

/**
 * A fork that reads rows, outside of a transaction. That of the ORM is made of a unit of work, an identity map and an
 * entity factory, which take a twentieth of the CPU of a short query. `fork` creates one, to write.
 */
class ReadFork implements Fork {
  constructor(private readonly em: EntityManager) {}

  getConnection(type?: Parameters<Fork['getConnection']>[0]) {
    return this.em.getConnection(type);
  }

  getMetadata(entity: never) {
    return this.em.getMetadata(entity);
  }

  getTransactionContext(): undefined {
    return undefined;
  }

  fork(options?: Parameters<Fork['fork']>[0]) {
    return this.em.fork(options);
  }
}

/** Returns a fork that reads rows. Its loaders live as long as it does. */
export const readFork = (em: EntityManager): Fork => new ReadFork(em);

/**
 * A value that each fork has of its own: one of its properties. A WeakMap by forks, which live as long as a request, takes
 * several times the CPU, most of it in the garbage collector (see test/bench/RESULTS.md).
 */
export class ForkProperty<T> {
  readonly #key: symbol;

  constructor(name: string) {
    this.#key = Symbol(name);
  }

  get(em: Fork): T | undefined {
    return (em as { [key: symbol]: T | undefined } & Fork)[this.#key];
  }

  set(em: Fork, value: T | undefined): void {
    (em as { [key: symbol]: T | undefined } & Fork)[this.#key] = value;
  }
}
