import { type ComponentType, lazy } from 'react';
import { useTranslation } from './language.js';

const translations = {
  en: { failed: 'This part could not be loaded. Check the connection.', reload: 'Load the page again' },
  nl: { failed: 'Dit deel kon niet worden geladen. Controleer de verbinding.', reload: 'Laad de pagina opnieuw' },
  zh: { failed: '无法加载此部分。请检查网络连接。', reload: '重新加载页面' },
};

/** Stands for a component whose code did not come. The address keeps the question. */
function NotLoaded() {
  const texts = useTranslation(translations);
  return (
    <p role="alert">
      {texts.failed}{' '}
      <button type="button" className="desk-button" onClick={() => location.reload()}>
        {texts.reload}
      </button>
    </p>
  );
}

/** Returns a component whose code is loaded when it is first shown. Without a connection the rest of the page stays in use. */
export const lazily = <P extends object>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => ({ default: await load().catch((): ComponentType<P> => NotLoaded) }));
