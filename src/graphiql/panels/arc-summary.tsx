import { useKnownAt } from '../clock/moment.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { READER_LANGUAGES } from '../language-codes.js';
import type { Arc, Place } from '../result/map-data.js';
import { textOf } from '../result/objects.js';
import { recordLink } from '../result/record-link.js';

const translations = {
  en: { near: 'drawn at the prefecture or province', evidence: 'Evidence' },
  nl: { near: 'getekend bij de prefectuur of provincie', evidence: 'Bewijs' },
  zh: { near: '绘于所属地级市或省', evidence: '证据' },
};

/** Number of sources named in the card; the Evidence panel lists all. */
const MAX_SOURCES = 2;

/** Describes an arc: both sides, status, period, and the sources in the result. */
export function ArcSummary({ arc, status, period }: { arc: Arc; status: string; period: string | null }) {
  const texts = useTranslation(translations);
  const { dutch, chinese, evidence } = arc;
  return (
    <>
      <PlaceNames place={dutch} near={texts.near} />
      <PlaceNames place={chinese} near={texts.near} />
      <p>
        <strong>{status}</strong>
        {period && ` · ${period}`}
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

/** Shows the names of an authority in the languages of the result, without duplicates, as links to its page. */
function PlaceNames({ place: { displayName, approximate, record }, near }: { place: Place; near: string }) {
  const reader = useReaderLanguage();
  const knownAt = useKnownAt();
  const id = textOf(record, 'id');
  const seen = new Set<string>();
  const names = (['nl', 'en', 'zh'] as const).filter(language => {
    const name = displayName[language];
    if (!name || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
  return (
    <p>
      {names.map((language, index) => (
        <span key={language}>
          {index > 0 && ' · '}
          <a href={id ? recordLink(id, reader, knownAt) : undefined} lang={READER_LANGUAGES[language].tag}>
            {displayName[language]}
          </a>
        </span>
      ))}
      {approximate && ` (${near})`}
    </p>
  );
}
