import { useGraphiQL } from '@graphiql/react';
import { useMemo } from 'react';
import { useActiveResult } from '../active-result.js';
import { today } from '../clock/amsterdam.js';
import { useMomentText } from '../clock/resolve-moment.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { filterWords } from '../result/filter-words.js';
import { formatDate } from '../result/format.js';

const translations = {
  en: {
    all: 'Filter: none, the whole register',
    filter: 'Filter',
    licence: 'Facts: stedenband, CC BY 4.0',
    saved: (day: string) => `saved on ${day}`,
  },
  nl: {
    all: 'Filter: geen, het hele register',
    filter: 'Filter',
    licence: 'Gegevens: stedenband, CC BY 4.0',
    saved: (day: string) => `bewaard op ${day}`,
  },
  zh: {
    all: '筛选条件：无，整个登记册',
    filter: '筛选条件',
    licence: '数据：stedenband，CC BY 4.0',
    saved: (day: string) => `保存于${day}`,
  },
};

/** Longest address that a picture shows; of a longer one it shows the page. */
const MAX_ADDRESS_LENGTH = 300;

/**
 * Returns the lines below a saved picture: numbers, filter in words, address, and licence with the day.
 *
 * @param facts Numbers of the picture, in words.
 */
export function useCaption(facts: readonly string[], credits: string | undefined): readonly string[] {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const { result } = useActiveResult();
  const schema = useGraphiQL(state => state.schema);
  const labels = useEnumLabels(language);
  const asKnown = useMomentText();
  const filters = useMemo(
    () => (result && schema ? filterWords(result, schema, labels, language) : []),
    [result, schema, labels, language],
  );
  const { href, origin, pathname } = location;
  const address = href.length > MAX_ADDRESS_LENGTH ? `${origin}${pathname}` : href;
  const saved = texts.saved(formatDate(today(), language));
  return [
    facts.join(' · '),
    filters.length > 0 ? `${texts.filter}: ${filters.join(' / ')}` : texts.all,
    address,
    [texts.licence, saved, asKnown, credits].filter(Boolean).join(' · '),
  ];
}
