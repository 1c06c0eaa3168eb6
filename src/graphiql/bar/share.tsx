import { useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import { clockTexts } from '../clock/clock-texts.js';
import { setKnownAt, useKnownAt } from '../clock/moment.js';
import { failureMessage } from '../failure-message.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage } from '../language.js';
import { pageAddress, pageHash } from '../page-address.js';
import { copyText } from '../panels/copy.js';
import { EmbedButton } from './embed-button.js';
import { shortLinkOf } from './short-link.js';

const shortTexts = {
  en: { short: 'Short link', hint: 'Stores the state of the page in the register, and copies a link to it.' },
  nl: { short: 'Korte link', hint: 'Bewaart de stand van de pagina in het register, en kopieert een link ernaartoe.' },
  zh: { short: '短链接', hint: '将页面状态保存在登记册中，并复制其链接。' },
};

/** Buttons that copy the link of the page, make a short one, embed the view, and freeze the page at the newest change. */
export function Share() {
  const language = useReaderLanguage();
  const texts = clockTexts[language];
  const isPast = useKnownAt() !== undefined;
  const [status, setStatus] = useState<{ href: string; text: string }>();
  const headers = useGraphiQL(state => state.tabs[state.activeTabIndex]?.headers ?? '');
  const { short, hint } = shortTexts[language];
  const report = (text: string) => setStatus({ href: location.href, text });
  const copyLink = async () => report((await copyText(pageAddress())) ? texts.copied : texts.notCopied);
  const shorten = async () => {
    try {
      const link = await shortLinkOf(pageHash.get() || `#language=${language}`, headers, language);
      report(`${link} · ${(await copyText(link)) ? texts.copied : texts.notCopied}`);
    } catch (error) {
      report(failureMessage(error));
    }
  };
  const freeze = async () => {
    try {
      const { latestChangeCursor } = await fetchQuery<{ latestChangeCursor: string }>('{ latestChangeCursor }', {
        language,
      });
      setKnownAt(latestChangeCursor);
    } catch (error) {
      report(failureMessage(error));
    }
  };
  return (
    // In the past the banner has the link, and the page is frozen already.
    <span className="desk-share" hidden={isPast}>
      <button type="button" onClick={() => void copyLink()}>
        {texts.copy}
      </button>
      <button type="button" title={hint} onClick={() => void shorten()}>
        {short}
      </button>
      <EmbedButton report={report} />
      <button type="button" title={texts.freezeHint} onClick={() => void freeze()}>
        {texts.freeze}
      </button>
      <span role="status">{status?.href === location.href && status.text}</span>
    </span>
  );
}
