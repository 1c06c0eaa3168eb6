import type { ApolloServer, HTTPGraphQLResponse } from '@apollo/server';
import type { Context } from '../../context.js';
import type * as Apollo from './apollo.js';

/**
 * An Apollo Server that its first request loads, creates and starts. Its modules take time to load, and it prints and hashes the
 * schema: together a tenth of the start of a process. The queries that are executed directly need none.
 */
export class ApolloOnDemand {
  #server: Promise<ApolloServer<Context>> | undefined;

  /** @param create Called by the first request, and by the next one if it failed: a build that is in progress has no modules. */
  constructor(private readonly create: (apollo: typeof Apollo) => Promise<ApolloServer<Context>>) {}

  /** Returns the server, started. */
  get(): Promise<ApolloServer<Context>> {
    this.#server ??= this.#start();
    return this.#server;
  }

  async #start(): Promise<ApolloServer<Context>> {
    try {
      const server = await this.create(await import('./apollo.js'));
      await server.start();
      return server;
    } catch (error) {
      this.#server = undefined;
      throw error;
    }
  }

  /** Executes a request of GraphQL over HTTP. */
  async execute(request: Apollo.HttpRequest, contextValue: Context): Promise<HTTPGraphQLResponse> {
    const server = await this.get();
    const { executeRequest } = await import('./apollo.js');
    return executeRequest(server, request, contextValue);
  }

  /** Stops the server if it was created. */
  async stop(): Promise<void> {
    const server = await this.#server?.catch(() => undefined);
    await server?.stop();
  }
}
