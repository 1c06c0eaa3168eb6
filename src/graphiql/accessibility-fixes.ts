import { useGraphiQL, useMonaco } from '@graphiql/react';
import { useEffect, useLayoutEffect } from 'react';

/** Colours with a contrast of at least 4.5 on the editors and on the answer, where GraphiQL's own have less. */
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
 * Mends what GraphiQL 5.4 leaves to be desired for those who do not see well, or at all; shows nothing.
 *
 * - Comments, numbers and line numbers are too faint.
 * - A tab has two buttons in it, which no tab may: screen readers then tell neither. They become a list of buttons.
 */
export function Repairs(): null {
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

  const tabs = useGraphiQL(state => state.tabs);
  const active = useGraphiQL(state => state.activeTabIndex);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tabs are drawn anew when these change.
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
