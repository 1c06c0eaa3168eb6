import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './hidden.css';
import './page.css';

import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { createRoot } from 'react-dom/client';
import { AccessibilityFixes } from './accessibility-fixes.js';
import { ActiveTab, results, schemaOfRegister, setActiveTab } from './active-result.js';
import { AddressFollower } from './address-follower.js';
import { AnswerLanguage } from './answer-language.js';
import { Asker } from './ask.js';
import { Bar } from './bar/bar.js';
import { Navigation } from './bar/navigation.js';
import { NewTab } from './builder/new-tab.js';
import { GraphiqlWords } from './chrome/graphiql-words.js';
import { ClockBanner } from './clock/banner.js';
import { ClockFollower } from './clock/clock-follower.js';
import { clockTexts } from './clock/clock-texts.js';
import { createMomentFetcher } from './clock/moment-fetcher.js';
import { EditorServices } from './editor-services.js';
import { JsonOptions } from './json-options.js';
import { readerLanguage } from './language.js';
import { PageTitle } from './page-title.js';
import { plugins } from './plugins.js';
import { questions } from './questions.js';
import { withHiddenFields } from './result/hidden-fields.js';
import { recordResults } from './result/record-results.js';
import { storage } from './storage.js';
import { SubscriptionStatus } from './subscription-status.js';

// The page and the endpoint share one URL, also under the path prefix of a reverse proxy.
const socket = new URL(location.pathname, location.href);
socket.protocol = location.protocol.replace('http', 'ws');
// A subscription that is sent again begins with the next change, and lacks those in between: so it ends, and the page says so.
const fetcher = createMomentFetcher(location.pathname, connectionParams =>
  createClient({ url: socket.href, retryAttempts: 0, connectionParams }),
);

const recordedFetcher = recordResults(
  fetcher,
  results,
  () => clockTexts[readerLanguage()].moved,
  (query, operationName) => {
    const schema = schemaOfRegister.get();
    return schema ? withHiddenFields(schema, query, operationName, readerLanguage()) : undefined;
  },
);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

const isFirstVisit = storage.getItem('graphiql:tabState') === null;

// The variables editor is open, because analysts change variables more often than queries.
createRoot(root).render(
  <GraphiQL
    fetcher={recordedFetcher}
    storage={storage}
    onTabChange={setActiveTab}
    plugins={plugins}
    {...(isFirstVisit && { visiblePlugin: 'Questions' })}
    defaultTabs={[{ query: questions.get('38-all-ties-on-the-map')?.query ?? null }]}
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>
      <span />
    </GraphiQL.Logo>
    <GraphiQL.Footer>
      <SubscriptionStatus />
    </GraphiQL.Footer>
    <Bar />
    <Navigation />
    <ClockBanner />
    <ActiveTab />
    <AnswerLanguage />
    <Asker />
    <NewTab />
    <AddressFollower />
    <ClockFollower />
    <AccessibilityFixes />
    <EditorServices />
    <JsonOptions />
    <PageTitle />
    <GraphiqlWords />
  </GraphiQL>,
);
