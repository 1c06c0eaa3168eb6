import { Store, useStore } from './store.js';

/** Settings of the views, which the address of the page holds: by view and name, such as `table.list`. */
export const viewSettings = new Store<ReadonlyMap<string, string>>(new Map());

/** Returns a setting of a view and a function that changes it; an undefined value is the default of the view. */
export function useViewSetting(
  name: `${string}.${string}`,
): [value: string | undefined, change: (value: string | undefined) => void] {
  const settings = useStore(viewSettings);
  const change = (value: string | undefined) => {
    const next = new Map(viewSettings.get());
    if (value === undefined) next.delete(name);
    else next.set(name, value);
    viewSettings.set(next);
  };
  return [settings.get(name), change];
}
