import { formatInstant } from './clock/amsterdam.js';
import { useKnownAt } from './clock/moment.js';
import { useReaderLanguage, useTranslation } from './language.js';
import { isInstant } from './result/known-at.js';

const translations = {
  en: {
    source: 'Source: stedenband, the register of ties between Dutch and Chinese governments',
    asKnown: (moment: string) => `as known on ${moment}`,
    atChange: 'as known at a change of the register',
  },
  nl: {
    source: 'Bron: stedenband, het register van banden tussen Nederlandse en Chinese overheden',
    asKnown: (moment: string) => `zoals bekend op ${moment}`,
    atChange: 'zoals bekend bij een wijziging van het register',
  },
  zh: {
    source: '来源：stedenband，荷中地方政府友好关系登记册',
    asKnown: (moment: string) => `截至 ${moment} 的记录`,
    atChange: '截至登记册某次变更的记录',
  },
};

const LICENCE = 'CC BY 4.0';

/** Says the source, the moment if it is a past one, and the licence of the facts. */
export function Attribution() {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  return (
    <span>
      {texts.source}
      {knownAt !== undefined &&
        `, ${isInstant(knownAt) ? texts.asKnown(formatInstant(knownAt, language)) : texts.atChange}`}{' '}
      ·{' '}
      <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">
        {LICENCE}
      </a>
    </span>
  );
}
