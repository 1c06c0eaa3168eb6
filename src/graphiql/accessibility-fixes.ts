import { useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { useEffect, useLayoutEffect } from 'react';
import { keepFocus } from './keep-focus.js';

/** Editor colours with a contrast of at least 4.5; GraphiQL's own have less. */
const THEMES = {
  'graphiql-LIGHT': {
    base: 'vs',
    background: '#ffffff',
    comment: '3f6b3f',
    number: '00694b',
    argument: '5a56c0',
    line: '#4f6b80',
  },
  'graphiql-DARK': {
    base: 'vs-dark',
    background: '#212a3b',
    comment: '8fbf7f',
    number: 'b5cea8',
    argument: '908aff',
    line: '#a3aebf',
  },
} as const;

/**
 * Fixes accessibility problems of GraphiQL 5.4. Renders nothing.
 *
 * - Comments, numbers and line numbers have too little contrast.
 * - A `tab` element contains two buttons, which ARIA does not allow: screen readers announce neither. The roles are
 *   removed, so that the tabs become a list of buttons.
 * - The page has no `main` landmark.
 * - The editors keep the colours of a light page when the system turns dark.
 * - The focus falls to the top of the page with the element that has it.
 */
export function AccessibilityFixes(): null {
  const monaco = useMonaco(state => state.monaco);
  useEffect(() => {
    for (const [name, { base, background, comment, number, argument, line }] of Object.entries(THEMES)) {
      monaco?.editor.defineTheme(name, {
        base,
        inherit: true,
        colors: {
          'editor.background': '#ffffff00',
          'editorHoverWidget.background': background,
          'editorLineNumber.dimmedForeground': line,
          'editorLineNumber.foreground': line,
          'editorSuggestWidget.background': background,
          'editorWidget.background': background,
          'menu.background': background,
          'scrollbar.shadow': '#ffffff00',
        },
        rules: [
          { token: 'comment', foreground: comment },
          { token: 'number', foreground: number },
          { token: 'argument.identifier.gql', foreground: argument },
        ],
      });
    }
  }, [monaco]);

  const { setTheme } = useGraphiQLActions();
  const theme = useGraphiQL(state => state.theme);
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme(theme);
    scheme.addEventListener('change', follow);
    return () => scheme.removeEventListener('change', follow);
  }, [theme, setTheme]);

  useEffect(keepFocus, []);
  useLayoutEffect(() => document.querySelector('.graphiql-main')?.setAttribute('role', 'main'), []);
  const tabs = useGraphiQL(state => state.tabs);
  const active = useGraphiQL(state => state.activeTabIndex);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tabs are rendered again if these change.
  useLayoutEffect(() => {
    document.querySelector('.graphiql-tabs')?.removeAttribute('role');
    document.querySelectorAll('.graphiql-tab').forEach((tab, index) => {
      tab.removeAttribute('role');
      tab.removeAttribute('aria-selected');
      tab.querySelector('.graphiql-tab-button')?.setAttribute('aria-current', String(index === active));
    });
  }, [tabs, active]);
  return null;
}
