import { useGraphiQL } from '@graphiql/react';
import { useEffect, useLayoutEffect } from 'react';
import { useReaderLanguage, useTranslation } from './language.js';
import { READER_LANGUAGES } from './language-codes.js';
import { questionOf } from './questions.js';

const translations = {
  en: 'Stedenband: the ties between Dutch and Chinese local governments',
  nl: 'Stedenband: de banden tussen Nederlandse en Chinese overheden',
  zh: 'Stedenband：荷中地方政府友好关系登记册',
};

/**
 * Names the page, its language and the tabs of GraphiQL by the titles of their questions. Renders nothing. GraphiQL titles a
 * tab with the name of its operation whenever it renders the tab.
 */
export function PageTitle(): null {
  const language = useReaderLanguage();
  const name = useTranslation(translations);
  const tabs = useGraphiQL(state => state.tabs);
  const active = useGraphiQL(state => state.activeTabIndex);
  useEffect(() => {
    document.documentElement.lang = READER_LANGUAGES[language].tag;
  }, [language]);
  useEffect(() => {
    const title = questionOf(tabs[active]?.query)?.[language];
    document.title = title ? `${title} – stedenband` : name;
  }, [tabs, active, language, name]);
  useLayoutEffect(() => {
    document.querySelectorAll<HTMLElement>('.graphiql-tab-button').forEach((button, index) => {
      const title = questionOf(tabs[index]?.query)?.[language];
      const text = button.firstChild;
      if (!title || !text) return;
      if (text.nodeValue !== title) text.nodeValue = title;
      button.title = title;
    });
  }, [tabs, language]);
  return null;
}
