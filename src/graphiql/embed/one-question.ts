import type { GraphQLSchema } from 'graphql';
import { Store, useStore } from '../store.js';

/** Value of an editor: here a text that no one sees. */
interface Editor {
  getValue(): string;
  setValue(value: string): void;
}

interface Tab {
  readonly id: string;
  readonly query: string;
  readonly variables: string;
  readonly headers: string;
  readonly operationName: string;
}

/** State of GraphiQL as far as the panels read it, for a page with one question. */
interface QuestionState {
  readonly schema: GraphQLSchema | null;
  readonly tabs: readonly Tab[];
  readonly activeTabIndex: 0;
  readonly isFetching: boolean;
  readonly theme: null;
  readonly plugins: readonly [];
  readonly visiblePlugin: { readonly title: string } | null;
  readonly variableEditor: Editor;
}

/** Id of the only tab. */
export const TAB = 'embed';

export const state: Store<QuestionState> = new Store<QuestionState>({
  schema: null,
  tabs: [],
  activeTabIndex: 0,
  isFetching: false,
  theme: null,
  plugins: [],
  visiblePlugin: null,
  variableEditor: {
    getValue: () => state.get().tabs[0]?.variables ?? '',
    setValue: variables => updateTab({ variables }),
  },
});

export function change(next: Partial<QuestionState>): void {
  state.set({ ...state.get(), ...next });
}

function updateTab(values: Partial<Tab>): void {
  change({ tabs: state.get().tabs.map(tab => ({ ...tab, ...values })) });
}

/** Actions of GraphiQL as far as the panels call them. */
const actions = {
  run: (): void => {},
  setVisiblePlugin: (_title: string | null): void => {},
  updateActiveTabValues: updateTab,
  setOperationName: (operationName: string): void => updateTab({ operationName }),
};

export function setActions(own: Pick<typeof actions, 'run' | 'setVisiblePlugin'>): void {
  Object.assign(actions, own);
}

/** Stands for the hook of GraphiQL with this name. */
export const useGraphiQL = <T>(select: (question: QuestionState) => T): T => select(useStore(state));

/** Stands for the hook of GraphiQL with this name. */
export const useGraphiQLActions = (): typeof actions => actions;

/** Stands for the function of GraphiQL with this name: the variables of an address are JSON. */
export const tryParseJSONC = (text: string): unknown => (text.trim() ? JSON.parse(text) : undefined);

/** Stands for the function of GraphiQL with this name, for code that an embedded view has no use for. */
export const pick =
  <K extends keyof QuestionState>(...names: K[]) =>
  (question: QuestionState): Pick<QuestionState, K> =>
    Object.fromEntries(names.map(name => [name, question[name]])) as Pick<QuestionState, K>;
