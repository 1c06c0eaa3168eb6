import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { createRoot } from 'react-dom/client';

import { exampleTabs, firstVariables } from './questions.js';

// The page and the endpoint share one address, also below a proxy's prefix.
const socket = new URL(location.pathname, location.href);
socket.protocol = location.protocol.replace('http', 'ws');
const fetcher = createGraphiQLFetcher({
  url: location.pathname,
  wsClient: createClient({ url: socket.href }),
  enableIncrementalDelivery: false,
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

// The variables stay in sight, since an analyst changes an example's there.
createRoot(root).render(
  <GraphiQL fetcher={fetcher} defaultTabs={exampleTabs} {...firstVariables()} defaultEditorToolsVisibility="variables">
    <GraphiQL.Logo>stedenband</GraphiQL.Logo>
  </GraphiQL>,
);
