import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { createRoot } from 'react-dom/client';
import { AccessibilityFixes } from './accessibility-fixes.js';
import { ActiveTab, results } from './active-result.js';
import { plugins } from './plugins.js';
import { questions } from './questions.js';
import { recordResults } from './result/record-results.js';
import { storage } from './storage.js';
import { SubscriptionStatus } from './subscription-status.js';

// The page and the endpoint share one URL, also under the path prefix of a reverse proxy.
const socket = new URL(location.pathname, location.href);
socket.protocol = location.protocol.replace('http', 'ws');
const fetcher = createGraphiQLFetcher({
  url: location.pathname,
  wsClient: createClient({ url: socket.href }),
  enableIncrementalDelivery: false,
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

const isFirstVisit = storage.getItem('graphiql:tabState') === null;

// The variables editor is open, because analysts change variables more often than queries.
createRoot(root).render(
  <GraphiQL
    fetcher={recordResults(fetcher, results)}
    storage={storage}
    plugins={plugins}
    {...(isFirstVisit && { visiblePlugin: 'Questions' })}
    defaultTabs={[{ query: questions.get('38-all-ties-on-the-map')?.query ?? null }]}
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>stedenband</GraphiQL.Logo>
    <GraphiQL.Footer>
      <SubscriptionStatus />
    </GraphiQL.Footer>
    <ActiveTab />
    <AccessibilityFixes />
  </GraphiQL>,
);
