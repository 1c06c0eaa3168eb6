import { useGraphiQL } from '@graphiql/react';
import { useReaderLanguage, useTranslation } from '../language.js';
import { pageHash } from '../page-address.js';
import { copyText } from '../panels/copy.js';
import { questionOf } from '../questions.js';
import { embedCode, embeddableView } from './embed-code.js';

const translations = {
  en: {
    embed: 'Embed',
    hint: 'Copies HTML that shows this view in a page of another site. The register must allow that site.',
    copied: 'HTML copied',
    notCopied: 'Not copied: the browser does not allow it.',
  },
  nl: {
    embed: 'Insluiten',
    hint: 'Kopieert HTML die dit beeld op een pagina van een andere site toont. Het register moet die site toestaan.',
    copied: 'HTML gekopieerd',
    notCopied: 'Niet gekopieerd: de browser staat het niet toe.',
  },
  zh: {
    embed: '嵌入',
    hint: '复制 HTML 代码，以便在其他网站的页面中显示此视图。登记册须允许该网站。',
    copied: 'HTML 已复制',
    notCopied: '未复制：浏览器不允许。',
  },
};

/** Button that copies the HTML of the view for a page of another site. Renders nothing for a view that cannot be embedded. */
export function EmbedButton({ report }: { report: (text: string) => void }) {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const view = useGraphiQL(state => embeddableView(state.visiblePlugin?.title));
  const query = useGraphiQL(state => state.tabs[state.activeTabIndex]?.query);
  if (!view) return null;
  const copyCode = async () => {
    const code = embedCode(
      view,
      pageHash.get() || `#language=${language}`,
      questionOf(query)?.[language] ?? 'stedenband',
      location.href,
    );
    report((await copyText(code)) ? texts.copied : texts.notCopied);
  };
  return (
    <button type="button" title={texts.hint} onClick={() => void copyCode()}>
      {texts.embed}
    </button>
  );
}
