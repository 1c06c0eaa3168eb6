import { type ComponentType, Suspense, useEffect } from 'react';
import { Attribution } from '../attribution.js';
import { useResolveMoment } from '../clock/resolve-moment.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { lazily } from '../lazily.js';
import { useQuestionTitle } from '../panels/use-question-title.js';

/** Views that can be embedded, by the last part of the address. */
const VIEWS: Readonly<Record<string, ComponentType>> = {
  map: lazily(async () => (await import('../panels/map.js')).MapPanel),
  table: lazily(async () => (await import('../panels/table.js')).TablePanel),
  chart: lazily(async () => (await import('../panels/chart.js')).ChartPanel),
  timeline: lazily(async () => (await import('../panels/timeline.js')).TimelinePanel),
};

const translations = {
  en: 'Open in stedenband',
  nl: 'Open in stedenband',
  zh: '在 stedenband 中打开',
};

/** Shows one view of one question, with a link to it at the desk, the source and the licence. */
export function EmbeddedView({ view }: { view: string }) {
  const open = useTranslation(translations);
  const language = useReaderLanguage();
  const title = useQuestionTitle();
  const View = VIEWS[view];
  useResolveMoment();
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
        <a href={`graphql${atView}`}>{open}</a>
        <Attribution />
      </footer>
    </>
  );
}
