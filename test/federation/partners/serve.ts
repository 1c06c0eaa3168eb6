import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, parse } from 'graphql';

/** Graph of another organisation that is composed with the register. */
export interface Partner {
  name: string;
  sdl: string;
  // biome-ignore lint/suspicious/noExplicitAny: untyped resolvers, as in a JavaScript server.
  resolvers: Record<string, any>;
}

/** Server of a partner, on a free port of the loopback interface. */
export interface ServedPartner {
  name: string;
  url: string;
  typeDefs: DocumentNode;
  close(): Promise<void>;
}

export async function servePartner({ name, sdl, resolvers }: Partner): Promise<ServedPartner> {
  const typeDefs = parse(sdl);
  const server = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs, resolvers }]),
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return {
    name,
    url,
    typeDefs,
    close: () => server.stop(),
  };
}
