import { type TabsState, tryParseJSONC, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { GraphQLSchema } from 'graphql';
import { createContext, useContext, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { oncePerObject } from './once-per-object.js';
import { type AnswerState, answerStateOf } from './result/answer-state.js';
import { type OperationResult, ResultStore } from './result/result-store.js';
import { ResultObject, readResult } from './result/typed-result.js';
import { Store } from './store.js';

/** Results of all tabs of this page. */
export const results = new ResultStore();

/** Record shown in the Evidence panel. */
export const selectedRecord = new Store<ResultObject | null>(null);

/** Schema of the register, for what is sent; null until it is loaded. */
export const schemaOfRegister = new Store<GraphQLSchema | null>(null);

/** Called when the tabs change, before they are rendered: an operation may be run in the same event. */
export function setActiveTab({ tabs, activeTabIndex }: TabsState): void {
  results.activeTab = tabs[activeTabIndex]?.id ?? '';
}

/** Synchronises the result store with the tabs of GraphiQL. Renders nothing. */
export function ActiveTab(): null {
  const schema = useGraphiQL(state => state.schema);
  useEffect(() => schemaOfRegister.set(schema ?? null), [schema]);
  const { stop } = useGraphiQLActions();
  const tabs = useGraphiQL(state => state.tabs);
  const active = useGraphiQL(state => state.activeTabIndex);
  const lastCount = useRef(0);
  // Before the effects that run an operation in the new tab.
  useLayoutEffect(() => {
    // GraphiQL stops the operation of a tab that is left for another, but not for a new one.
    if (lastCount.current > 0 && tabs.length > lastCount.current) stop();
    lastCount.current = tabs.length;
    setActiveTab({ tabs, activeTabIndex: active });
  }, [tabs, active, stop]);
  useEffect(() => results.retainTabs(tabs.map(({ id }) => id)), [tabs]);
  return null;
}

/** Result that the panels in it show in place of that of the active tab. */
export const ResultContext = createContext<OperationResult | undefined>(undefined);

/** Returns the last result of the active tab, or that of the context, raw and typed. */
export function useActiveResult(): { result: OperationResult | undefined; root: ResultObject | undefined } {
  const tab = useGraphiQL(state => state.tabs[state.activeTabIndex]?.id ?? '');
  const schema = useGraphiQL(state => state.schema);
  const own = useContext(ResultContext);
  const active = useSyncExternalStore(results.subscribe, () => results.get(tab));
  const result = own ?? active;
  return { result, root: result && schema ? rootsOf(schema)(result) : undefined };
}

/** Typed results by schema: the parts of a panel ask for that of its tab eight times. */
const rootsOf = oncePerObject((schema: GraphQLSchema) =>
  oncePerObject((result: OperationResult) => {
    if (!result.events) return readResult(schema, { ...result, query: result.sentQuery ?? result.query }, result.data);
    return mergeEvents(
      result.events.map(event => readResult(schema, result, event)).filter(event => event !== undefined),
    );
  }),
);

/** Returns how the result of the active tab relates to what its editors have now. */
export function useAnswerState(): AnswerState {
  const tab = useGraphiQL(state => state.tabs[state.activeTabIndex]);
  const id = tab?.id ?? '';
  const result = useSyncExternalStore(results.subscribe, () => results.get(id));
  const refusal = useSyncExternalStore(results.subscribe, () => results.refusalOf(id));
  return useMemo(
    () => answerStateOf({ query: tab?.query ?? '', variables: variablesIn(tab?.variables ?? '') }, result, refusal),
    [tab, result, refusal],
  );
}

function variablesIn(text: string): Record<string, unknown> | Error {
  try {
    return tryParseJSONC(text) ?? {};
  } catch (error) {
    // GraphiQL begins its message with a verb, for a sentence of its own.
    return new Error(String((error as Error).message).replace(/^are (?:invalid JSON: )?|\.$/g, ''));
  }
}

/** Merges the events of a subscription into one result: each root field becomes a list. */
function mergeEvents(events: readonly ResultObject[]): ResultObject | undefined {
  const [newest] = events.slice(-1);
  if (!newest) return undefined;
  const entries = newest.fields.map(entry => ({
    ...entry,
    value: events.map(
      event => event.fields.find(({ responseName }) => responseName === entry.responseName)?.value ?? null,
    ),
  }));
  return new ResultObject(newest.type, entries);
}
