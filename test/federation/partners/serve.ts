import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, parse } from 'graphql';

/** A graph of somebody else, that joins the register's. */
export interface Partner {
  name: string;
  sdl: string;
  // biome-ignore lint/suspicious/noExplicitAny: resolvers as any JavaScript server has them.
  resolvers: Record<string, any>;
}

/** A partner's server on a free port of loopback. */
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
