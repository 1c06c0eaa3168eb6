import { type ComponentType, use, useEffect } from 'react';
import { useTranslation } from './language.js';
import { Store, useStore } from './store.js';

const translations = {
  en: { failed: 'This part could not be loaded.', reload: 'Load the page again' },
  nl: { failed: 'Dit deel kon niet worden geladen.', reload: 'Laad de pagina opnieuw' },
  zh: { failed: '无法加载此部分。', reload: '重新加载页面' },
};

/**
 * Stands for a component whose code did not come. The address keeps the question.
 *
 * @param retry Called when the browser has a connection again.
 */
function NotLoaded({ retry }: { retry: () => void }) {
  const texts = useTranslation(translations);
  useEffect(() => {
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, [retry]);
  return (
    <p role="alert">
      {texts.failed}{' '}
      <button type="button" className="desk-button" onClick={() => location.reload()}>
        {texts.reload}
      </button>
    </p>
  );
}

/**
 * Returns a component whose code is loaded when it is first shown, and again if it did not come. Without a connection the rest
 * of the page stays in use.
 */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const attempt = () => {
    let loading: Promise<ComponentType<P> | undefined> | undefined;
    return () => {
      loading ??= load().catch(() => undefined);
      return loading;
    };
  };
  const attempts = new Store(attempt());
  const retry = () => attempts.set(attempt());
  return props => {
    const Part = use(useStore(attempts)());
    return Part ? <Part {...props} /> : <NotLoaded retry={retry} />;
  };
}
