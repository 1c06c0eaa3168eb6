import { useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { Item, readAnswer } from './result/read.js';
import { type Answer, Answers } from './result/results.js';
import { Store } from './store.js';

/** The answers of this page. */
export const answers = new Answers();

/** The record whose evidence is looked at. */
export const selected = new Store<Item | null>(null);

/** Tells the fetcher which tab asks, and which are open; shows nothing. */
export function ActiveTab(): null {
  const tabs = useGraphiQL(state => state.tabs);
  const active = useGraphiQL(state => state.activeTabIndex);
  useEffect(() => {
    answers.tab = tabs[active]?.id ?? '';
    answers.keepOnly(tabs.map(({ id }) => id));
  }, [tabs, active]);
  return null;
}

/** The last answer of the tab that is open, and the same read with its question. */
export function useAnswer(): { answer: Answer | undefined; root: Item | undefined } {
  const tab = useGraphiQL(state => state.tabs[state.activeTabIndex]?.id ?? '');
  const schema = useGraphiQL(state => state.schema);
  const answer = useSyncExternalStore(answers.follow, () => answers.of(tab));
  const root = useMemo(() => {
    if (!answer || !schema) return undefined;
    if (!answer.events) return readAnswer(schema, answer, answer.data);
    return together(answer.events.map(event => readAnswer(schema, answer, event)).filter(one => one !== undefined));
  }, [answer, schema]);
  return { answer, root };
}

/** The events of a subscription as one answer: each of its fields a list. */
function together(events: readonly Item[]): Item | undefined {
  const [newest] = events.slice(-1);
  if (!newest) return undefined;
  const entries = newest.entries.map(entry => ({
    ...entry,
    value: events.map(event => event.entries.find(({ key }) => key === entry.key)?.value ?? null),
  }));
  return new Item(newest.type, entries);
}
