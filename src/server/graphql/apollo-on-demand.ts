import type { ApolloServer } from '@apollo/server';
import type { Context } from '../../context.js';

/**
 * An Apollo Server that its first request creates and starts: that prints and hashes the schema, a tenth of the start of a
 * process, and the queries that are executed directly need none.
 */
export class ApolloOnDemand {
  #server: Promise<ApolloServer<Context>> | undefined;

  /** @param create Called once, by the first request. */
  constructor(private readonly create: () => Promise<ApolloServer<Context>>) {}

  /** Returns the server, started. */
  get(): Promise<ApolloServer<Context>> {
    this.#server ??= this.#start();
    return this.#server;
  }

  async #start(): Promise<ApolloServer<Context>> {
    const server = await this.create();
    await server.start();
    return server;
  }

  /** Stops the server if it was created. */
  async stop(): Promise<void> {
    await (await this.#server)?.stop();
  }
}
