import { type ComponentType, Suspense, useEffect } from 'react';
import { formatInstant } from '../clock/amsterdam.js';
import { useKnownAt } from '../clock/moment.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { lazily } from '../lazily.js';
import { useQuestionTitle } from '../panels/use-question-title.js';
import { isInstant } from '../result/known-at.js';

/** Views that can be embedded, by the last part of the address. */
const VIEWS: Readonly<Record<string, ComponentType>> = {
  map: lazily(async () => (await import('../panels/map.js')).MapPanel),
  table: lazily(async () => (await import('../panels/table.js')).TablePanel),
  chart: lazily(async () => (await import('../panels/chart.js')).ChartPanel),
  timeline: lazily(async () => (await import('../panels/timeline.js')).TimelinePanel),
};

const translations = {
  en: {
    open: 'Open in stedenband',
    source: 'Source: stedenband, the register of ties between Dutch and Chinese governments',
    licence: 'CC BY 4.0',
    asKnown: (moment: string) => `as known on ${moment}`,
    atChange: 'as known at a change of the register',
  },
  nl: {
    open: 'Open in stedenband',
    source: 'Bron: stedenband, het register van banden tussen Nederlandse en Chinese overheden',
    licence: 'CC BY 4.0',
    asKnown: (moment: string) => `zoals bekend op ${moment}`,
    atChange: 'zoals bekend bij een wijziging van het register',
  },
  zh: {
    open: '在 stedenband 中打开',
    source: '来源：stedenband，荷中地方政府友好关系登记册',
    licence: 'CC BY 4.0',
    asKnown: (moment: string) => `截至 ${moment} 的记录`,
    atChange: '截至登记册某次变更的记录',
  },
};

/** Shows one view of one question, with a link to it at the desk, the source and the licence. */
export function EmbeddedView({ view }: { view: string }) {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const title = useQuestionTitle();
  const View = VIEWS[view];
  useEffect(() => {
    document.title = title ? `${title} – stedenband` : 'stedenband';
  }, [title]);
  const { hash } = location;
  const atView = /[#&]view=/.test(hash) ? hash : `${hash || `#language=${language}`}&view=${view}`;
  return (
    <>
      <main>
        <h1>{title ?? 'stedenband'}</h1>
        <Suspense fallback={<p role="status">…</p>}>{View && <View />}</Suspense>
      </main>
      <footer>
        <a href={`graphql${atView}`}>{texts.open}</a>
        <span>
          {texts.source}
          {knownAt !== undefined &&
            `, ${isInstant(knownAt) ? texts.asKnown(formatInstant(knownAt, language)) : texts.atChange}`}{' '}
          ·{' '}
          <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">
            {texts.licence}
          </a>
        </span>
      </footer>
    </>
  );
}
