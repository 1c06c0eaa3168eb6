import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';

/** Opens the builder in a new tab, which would be blank else. Renders nothing. */
export function NewTab(): null {
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]);
  const { setVisiblePlugin } = useGraphiQLActions();
  const lastTab = useRef(tab?.id);
  const id = tab?.id;
  const isEmpty = !tab?.query?.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tab whose text the reader deletes stays as it is.
  useEffect(() => {
    if (id === lastTab.current) return;
    lastTab.current = id;
    if (isEmpty) setVisiblePlugin('Builder');
  }, [id]);
  return null;
}
