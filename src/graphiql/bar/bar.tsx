import './bar.css';
import './layout.css';

import { createPortal } from 'react-dom';
import { Clock } from '../clock/clock.js';
import { setLanguage, useReaderLanguage, useTranslation } from '../language.js';
import { READER_LANGUAGES } from '../language-codes.js';
import { setLayout, useLayout } from '../layout.js';
import type { ReaderLanguage } from '../result/format.js';
import { useHost } from './host.js';
import { LookUp } from './look-up.js';
import { PrintFoot } from './print-foot.js';
import { Share } from './share.js';

const translations = {
  en: {
    layout: 'Layout',
    answer: 'Answer',
    editor: 'Next to the editor',
    language: 'Language',
    skip: 'Skip to the answer',
  },
  nl: {
    layout: 'Indeling',
    answer: 'Antwoord',
    editor: 'Naast de editor',
    language: 'Taal',
    skip: 'Naar het antwoord',
  },
  zh: { layout: '布局', answer: '回答', editor: '与编辑器并排', language: '语言', skip: '跳到回答' },
};

/** Bar over all panels: what the page is, the clock, the layout and the language. On paper its place is taken by the source. */
export function Bar() {
  const host = useHost('.graphiql-container', 'desk-bar-host');
  const texts = useTranslation(translations);
  const layout = useLayout();
  const language = useReaderLanguage();
  if (!host) return null;
  const bar = (
    <header className="desk-bar">
      <button type="button" className="desk-skip" onClick={skipToAnswer}>
        {texts.skip}
      </button>
      <h1>stedenband</h1>
      <LookUp />
      <Clock />
      <Share />
      <fieldset className="desk-switch">
        <legend className="desk-hidden">{texts.layout}</legend>
        {(['answer', 'editor'] as const).map(option => (
          <button key={option} type="button" aria-pressed={option === layout} onClick={() => setLayout(option)}>
            {texts[option]}
          </button>
        ))}
      </fieldset>
      <label>
        <span className="desk-hidden">{texts.language}</span>
        <select value={language} onChange={event => setLanguage(event.target.value as ReaderLanguage)}>
          {Object.entries(READER_LANGUAGES).map(([option, { tag, name }]) => (
            <option key={option} value={option} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
  return (
    <>
      <PrintFoot />
      {createPortal(bar, host)}
    </>
  );
}

/** Moves the focus to the panel. */
function skipToAnswer(): void {
  const panel = document.querySelector<HTMLElement>('.graphiql-plugin');
  panel?.setAttribute('tabindex', '-1');
  panel?.focus();
}
