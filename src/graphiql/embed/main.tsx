import '../hidden.css';
import './embed.css';

import { introspection } from 'virtual:question-schema';
import { buildClientSchema } from 'graphql';
import { createRoot } from 'react-dom/client';
import { results, selectedRecord } from '../active-result.js';
import { type AddressState, readAddress } from '../address.js';
import { takeAsked } from '../ask.js';
import { currentKnownAt, setKnownAt } from '../clock/moment.js';
import { readerLanguage, setLanguage } from '../language.js';
import { READER_LANGUAGES } from '../language-codes.js';
import { questionNamed, unknownQuestionText } from '../questions.js';
import { textOf } from '../result/objects.js';
import { recordLink } from '../result/record-link.js';
import { viewSettings } from '../view-settings.js';
import { askQuestion } from './ask-question.js';
import { EmbeddedView } from './embedded-view.js';
import { change, setActions, TAB } from './one-question.js';
import { fixTabIndex } from './tab-index.js';

/** Question of an embedded view without one. */
const DEFAULT_QUESTION = 'AllTiesOnTheMap';

const view = location.pathname.slice(location.pathname.lastIndexOf('/') + 1);

/** Shows what the address asks. */
function show(address: AddressState): void {
  const name = address.question ?? (address.query === undefined ? DEFAULT_QUESTION : '');
  const question = questionNamed(name);
  const isUnknown = !question && address.query === undefined;
  setKnownAt(address.knownAt);
  if (address.language) setLanguage(address.language, false);
  document.documentElement.lang = READER_LANGUAGES[readerLanguage()].tag;
  viewSettings.set(address.settings);
  results.moveTo(address.knownAt);
  const variables = isUnknown ? '' : (address.variables ?? question?.variables ?? '');
  const operationName = question?.operationName ?? address.operationName ?? '';
  const query = question?.query ?? address.query ?? '';
  change({ tabs: [{ id: TAB, query, variables, headers: '', operationName }] });
  void askQuestion();
  if (isUnknown)
    results.refuse(TAB, { query, variables: {}, errors: [{ message: unknownQuestionText(name, readerLanguage()) }] });
}

/** Opens the page of the selected record, which has its sources: the panel Evidence is at the desk. */
function openRecord(): void {
  const record = selectedRecord.get();
  const id = record && textOf(record, 'id');
  if (id) open(new URL(recordLink(id, readerLanguage(), currentKnownAt()), document.baseURI), '_blank', 'noopener');
}

/** Moves the page to an example question, such as that of a view with nothing to show, at the same moment. */
takeAsked(({ operationName }) => {
  const knownAt = currentKnownAt();
  location.hash = `question=${operationName}&language=${readerLanguage()}${knownAt ? `&knownAt=${encodeURIComponent(knownAt)}` : ''}`;
});

setActions({ run: () => void askQuestion(), setVisiblePlugin: openRecord });
// The title of the panel at the desk: views with a slider for the day have no field for it.
change({ visiblePlugin: { title: view.charAt(0).toUpperCase() + view.slice(1) } });
change({ schema: buildClientSchema(introspection, { assumeValid: true }) });
results.activeTab = TAB;
addEventListener('hashchange', () => show(readAddress('', location.hash)));
show(readAddress('', location.hash));

fixTabIndex();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(<EmbeddedView view={view} />);
