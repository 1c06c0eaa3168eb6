import { pick, type TabsState, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import { type AddressState, readAddress, writeAddress } from './address.js';
import { type AskedOperation, ask, compact, useIsAsking } from './ask.js';
import { setKnownAt, useKnownAt } from './clock/moment.js';
import { readerLanguage, setLanguage, useReaderLanguage } from './language.js';
import { setCodeOpen } from './layout.js';
import { pageHash } from './page-address.js';
import { viewOf } from './question-views.js';
import { questionNamed, questionOf, unknownQuestionText } from './questions.js';
import type { ReaderLanguage } from './result/format.js';
import { isQuery } from './result/is-query.js';
import { useStore } from './store.js';
import { viewSettings } from './view-settings.js';

/** Time without a change after which the address is written: a click may change several things. */
const DEBOUNCE_MS = 100;

const viewNameOf = (plugin: string): string => (plugin === 'Documentation Explorer' ? 'schema' : plugin.toLowerCase());

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

/** Returns a document that says that there is no question of a name, in place of another question. */
const unknownQuestion = (name: string, language: ReaderLanguage): AskedOperation => ({
  query: `# ${unknownQuestionText(name, language)}\n`,
  variables: '',
  operationName: '',
  run: 'never',
});

/** Returns the operation of an address, with the view that suits it; undefined if the address has none. */
function operationIn(state: AddressState): { operation: AskedOperation; plugin: string } | undefined {
  const question = state.question === undefined ? undefined : questionNamed(state.question);
  const query = question?.query ?? state.query;
  if (query === undefined) {
    if (state.question === undefined) return undefined;
    const operation = unknownQuestion(state.question, state.language ?? readerLanguage());
    return { operation, plugin: 'Questions' };
  }
  const variables = state.variables === undefined ? (question?.variables ?? '') : indented(state.variables);
  const operationName = question?.operationName ?? state.operationName ?? '';
  return {
    operation: { query, variables, operationName, run: isQuery(query, operationName) ? 'unless answered' : 'never' },
    plugin: question ? viewOf(question.name) : 'Table',
  };
}

/** Part of an address that says what is asked. */
function askedIn(tab: TabsState['tabs'][number] | undefined) {
  const question = questionOf(tab?.query);
  const variables = compact(tab?.variables ?? '');
  if (question) {
    const isOwn = variables !== compact(question.variables);
    return { question: question.operationName, variables: isOwn ? variables : undefined };
  }
  return {
    query: tab?.query ?? '',
    variables: variables || undefined,
    operationName: tab?.operationName ?? undefined,
  };
}

/**
 * Keeps the address of the page and its state the same: the question, its variables, the view and its settings, the
 * language and the moment. Renders nothing. A page that was only opened keeps the address that it was opened with.
 */
export function AddressFollower(): null {
  const { tabs, activeTabIndex, visiblePlugin, plugins } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'visiblePlugin', 'plugins'),
  );
  const { setVisiblePlugin } = useGraphiQLActions();
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const settings = useStore(viewSettings);
  const isAsking = useIsAsking();
  const tab = tabs[activeTabIndex];
  const view = visiblePlugin ? viewNameOf(visiblePlugin.title) : undefined;
  const hash = writeAddress({ ...askedIn(tab), view, language, knownAt, settings });

  const titles = useRef<readonly string[]>([]);
  titles.current = plugins.map(({ title }) => title);
  /** Hash of the state that an address without one stands for. */
  const rest = useRef<string>(undefined);
  /** The last step: a change of it is a new entry of the history, all else belongs to the entry. */
  const step = [tab?.id, view, knownAt].join('\n');
  const lastStep = useRef(step);

  useEffect(() => {
    const apply = () => {
      const state = readAddress(location.search, location.hash);
      const asked = operationIn(state);
      const plugin = titles.current.find(title => viewNameOf(title) === state.view) ?? asked?.plugin;
      rest.current = undefined;
      setKnownAt(state.knownAt);
      if (state.language) setLanguage(state.language, false);
      viewSettings.set(state.settings);
      if (asked) ask(asked.operation);
      if (asked?.operation.run === 'never') setCodeOpen(true);
      return plugin;
    };
    const first = apply();
    if (first) setVisiblePlugin(first);
    const move = () => setVisiblePlugin(apply() ?? 'Questions');
    addEventListener('popstate', move);
    return () => removeEventListener('popstate', move);
  }, [setVisiblePlugin]);

  useEffect(() => {
    if (isAsking) return undefined;
    const timer = setTimeout(() => {
      pageHash.set(hash);
      const isEmpty = location.hash === '' && location.search === '';
      if (isEmpty) rest.current ??= hash;
      const isStep = step !== lastStep.current;
      lastStep.current = step;
      if (hash === location.hash || (isEmpty && hash === rest.current)) return;
      const method = isStep && (location.hash !== '' || isEmpty) ? 'pushState' : 'replaceState';
      history[method](null, '', location.pathname + hash);
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [hash, step, isAsking]);
  return null;
}
