import type { ApolloServer, HTTPGraphQLResponse } from '@apollo/server';
import type { Context } from '../../context.js';
import type * as Apollo from './apollo.js';

/**
 * An Apollo Server that its first request loads, creates and starts. Its modules take time to load, and it prints and hashes the
 * schema: together a tenth of the start of a process. The queries that are executed directly need none.
 */
export class ApolloOnDemand {
  #modules: Promise<typeof Apollo> | undefined;
  #server: Promise<ApolloServer<Context>> | undefined;

  /** @param create Called once, by the first request. */
  constructor(private readonly create: (apollo: typeof Apollo) => Promise<ApolloServer<Context>>) {}

  /** Returns the server, started. */
  get(): Promise<ApolloServer<Context>> {
    this.#server ??= this.#start();
    return this.#server;
  }

  #load(): Promise<typeof Apollo> {
    this.#modules ??= import('./apollo.js');
    return this.#modules;
  }

  async #start(): Promise<ApolloServer<Context>> {
    const server = await this.create(await this.#load());
    await server.start();
    return server;
  }

  /** Executes a request of GraphQL over HTTP. */
  async execute(request: Apollo.HttpRequest, contextValue: Context): Promise<HTTPGraphQLResponse> {
    const server = await this.get();
    const { executeRequest } = await this.#load();
    return executeRequest(server, request, contextValue);
  }

  /** Stops the server if it was created. */
  async stop(): Promise<void> {
    await (await this.#server)?.stop();
  }
}
