import { useGraphiQL } from '@graphiql/react';
import { useMemo } from 'react';
import { useActiveResult } from '../active-result.js';
import { today } from '../clock/amsterdam.js';
import { useMomentText } from '../clock/resolve-moment.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { shownAddress } from '../page-address.js';
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
  const saved = texts.saved(formatDate(today(), language));
  return [
    facts.join(' · '),
    filters.length > 0 ? `${texts.filter}: ${filters.join(' / ')}` : texts.all,
    shownAddress(),
    [texts.licence, saved, asKnown, credits].filter(Boolean).join(' · '),
  ];
}
