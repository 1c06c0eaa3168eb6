import { useState } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { useReaderLanguage } from '../language.js';
import type { ExportLink } from '../result/export-link.js';
import { withKnownAt } from '../result/known-at.js';

const translations = {
  en: { whole: 'The whole list from the server:', withSources: 'with sources' },
  nl: { whole: 'De hele lijst van de server:', withSources: 'met bronnen' },
  zh: { whole: '服务器上的完整列表：', withSources: '含来源' },
};

/** Links to the files of the whole list, with or without the sources of each record. */
export function WholeList({ link }: { link: ExportLink }) {
  const texts = translations[useReaderLanguage()];
  const knownAt = useKnownAt();
  const [withSources, setWithSources] = useState(false);
  return (
    <p className="desk-export">
      {texts.whole}{' '}
      {link.formats.map(format => (
        <a key={format} href={withKnownAt(link.url(format, withSources), knownAt)} download>
          {format.toUpperCase()}
        </a>
      ))}
      <label>
        <input type="checkbox" checked={withSources} onChange={event => setWithSources(event.target.checked)} />{' '}
        {texts.withSources}
      </label>
    </p>
  );
}
