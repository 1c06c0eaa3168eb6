import { useReaderLanguage } from '../language.js';
import { type CitedSource, isSafeLink } from '../result/evidence.js';
import { formatDate } from '../result/format.js';

/**
 * Shows a source, with a link if its address is safe.
 *
 * @param plain Says why an address is no link.
 */
export function SourceLine({
  source: { title, publisher, url, publishedOn },
  plain,
}: {
  source: CitedSource;
  plain: string;
}) {
  const language = useReaderLanguage();
  return (
    <>
      {isSafeLink(url) ? (
        <a href={url} target="_blank" rel="noopener noreferrer">
          {title}
        </a>
      ) : (
        <span>
          {title}
          {url && ` (${url}; ${plain})`}
        </span>
      )}
      <span className="desk-publisher">
        {[publisher, publishedOn && formatDate(publishedOn, language)].filter(Boolean).join(', ')}
      </span>
    </>
  );
}
