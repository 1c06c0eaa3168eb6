import { useState } from 'react';
import { clockTexts } from '../clock/clock-texts.js';
import { setKnownAt, useKnownAt } from '../clock/moment.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage } from '../language.js';
import { copyText } from '../panels/copy.js';

/** Buttons that copy the link of the page, and that freeze the page at the newest change. */
export function Share() {
  const language = useReaderLanguage();
  const texts = clockTexts[language];
  const isPast = useKnownAt() !== undefined;
  const [status, setStatus] = useState<{ href: string; text: string }>();
  const report = (text: string) => setStatus({ href: location.href, text });
  const copyLink = async () => report((await copyText(location.href)) ? texts.copied : texts.notCopied);
  const freeze = async () => {
    try {
      const { latestChangeCursor } = await fetchQuery<{ latestChangeCursor: string }>('{ latestChangeCursor }', {
        language,
      });
      setKnownAt(latestChangeCursor);
    } catch (error) {
      report(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    // In the past the banner has the link, and the page is frozen already.
    <span className="desk-share" hidden={isPast}>
      <button type="button" onClick={() => void copyLink()}>
        {texts.copy}
      </button>
      <button type="button" title={texts.freezeHint} onClick={() => void freeze()}>
        {texts.freeze}
      </button>
      <span role="status">{status?.href === location.href && status.text}</span>
    </span>
  );
}
