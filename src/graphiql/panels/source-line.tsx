import { useReaderLanguage } from '../language.js';
import { type CitedSource, isSafeLink } from '../result/evidence.js';
import { formatDate } from '../result/format.js';

/** Shows a source, with a link if it has an address. */
export function SourceLine({ source: { title, publisher, url, publishedOn } }: { source: CitedSource }) {
  const language = useReaderLanguage();
  return (
    <>
      {isSafeLink(url) ? (
        <a href={url} target="_blank" rel="noopener noreferrer">
          {title}
        </a>
      ) : (
        <span>{title}</span>
      )}
      <span className="desk-publisher">
        {[publisher, publishedOn && formatDate(publishedOn, language)].filter(Boolean).join(', ')}
      </span>
    </>
  );
}
