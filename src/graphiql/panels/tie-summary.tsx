import { useWords } from '../language.js';
import type { Arc, Place } from '../result/ties.js';

const words = {
  en: { near: 'drawn at the prefecture or province', evidence: 'Evidence' },
  nl: { near: 'getekend bij de prefectuur of provincie', evidence: 'Bewijs' },
};

/** How many sources are named beside the map; all stand in the Evidence panel. */
const MAX_SOURCES = 2;

/** A tie with both of its sides, its status and period, and the sources that the answer holds. */
export function ArcInWords({ arc, status, when }: { arc: Arc; status: string; when: string | null }) {
  const texts = useWords(words);
  const { dutch, chinese, evidence } = arc;
  return (
    <>
      <Called place={dutch} near={texts.near} />
      <Called place={chinese} near={texts.near} />
      <p>
        <strong>{status}</strong>
        {when && ` · ${when}`}
      </p>
      {evidence.length > 0 && (
        <p>
          {texts.evidence}: {evidence.slice(0, MAX_SOURCES).join('; ')}
          {evidence.length > MAX_SOURCES && ` (+${evidence.length - MAX_SOURCES})`}
        </p>
      )}
    </>
  );
}

/** An authority in the languages that the answer holds, each told once. */
function Called({ place: { called, approximate }, near }: { place: Place; near: string }) {
  const told = new Set<string>();
  const names = (['nl', 'en', 'zh'] as const).filter(language => {
    const name = called[language];
    if (!name || told.has(name)) return false;
    told.add(name);
    return true;
  });
  return (
    <p>
      {names.map((language, index) => (
        <span key={language}>
          {index > 0 && ' · '}
          <span lang={language}>{called[language]}</span>
        </span>
      ))}
      {approximate && ` (${near})`}
    </p>
  );
}
