import { useLayoutEffect, useState } from 'react';

/** Returns an element of the page's own at the start of an element of GraphiQL, to render into by a portal. */
export function useHost(selector: string, className: string): HTMLElement | undefined {
  const [host, setHost] = useState<HTMLElement>();
  useLayoutEffect(() => {
    const element = document.createElement('div');
    element.className = className;
    document.querySelector(selector)?.prepend(element);
    setHost(element);
    return () => element.remove();
  }, [selector, className]);
  return host;
}
