import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { exampleTabs, firstVariables } from './questions.js';

// The page and the endpoint share one address, also below a proxy's prefix.
const fetcher = createGraphiQLFetcher({ url: location.pathname, enableIncrementalDelivery: false });

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

createRoot(root).render(
  <GraphiQL fetcher={fetcher} defaultTabs={exampleTabs} {...firstVariables()}>
    <GraphiQL.Logo>stedenband</GraphiQL.Logo>
  </GraphiQL>,
);
