import { useMemo, useState } from 'react';
import { results, useActiveResult } from '../active-result.js';
import { useKnownAt } from '../clock/moment.js';
import { failureMessage } from '../failure-message.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { collectPages, MAX_COLLECTED_ROWS, openListOf } from '../result/all-pages.js';

const translations = {
  en: {
    some: (count: number, total: number | undefined) =>
      total === undefined ? `These are the first ${count}.` : `These are ${count} of ${total}.`,
    all: 'Get all',
    atMost: `Get the first ${MAX_COLLECTED_ROWS}`,
    getting: 'Getting the pages …',
  },
  nl: {
    some: (count: number, total: number | undefined) =>
      total === undefined ? `Dit zijn de eerste ${count}.` : `Dit zijn er ${count} van ${total}.`,
    all: 'Haal alles op',
    atMost: `Haal de eerste ${MAX_COLLECTED_ROWS} op`,
    getting: 'De pagina’s worden opgehaald …',
  },
  zh: {
    some: (count: number, total: number | undefined) =>
      total === undefined ? `此处是前 ${count} 条。` : `此处是 ${total} 条中的 ${count} 条。`,
    all: '获取全部',
    atMost: `获取前 ${MAX_COLLECTED_ROWS} 条`,
    getting: '正在获取各页……',
  },
};

/** Says that the answer is the first page of a list, and collects the others. Renders nothing if it is all of it. */
export function AllPages() {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const { result } = useActiveResult();
  const list = useMemo(() => (result ? openListOf(result) : undefined), [result]);
  const [status, setStatus] = useState<{ of: typeof result; text: string }>();
  if (!result || !list) return null;
  const text = status?.of === result ? status.text : undefined;
  const collect = async () => {
    const { activeTab } = results;
    setStatus({ of: result, text: texts.getting });
    try {
      const data = await collectPages(list, cursor =>
        fetchQuery(list.query, {
          variables: { ...result.variables, ...cursor },
          operationName: result.operationName,
          knownAt,
          language,
          headers: result.headers,
          // A part that the first page lacks, too, is said already.
          isWhole: result.errors === undefined,
        }),
      );
      // The reader may have asked something else meanwhile.
      if (results.get(activeTab) === result) results.set(activeTab, { ...result, data, isCollected: true });
    } catch (error) {
      setStatus({ of: result, text: failureMessage(error) });
    }
  };
  const isTooLong = (list.total ?? 0) > MAX_COLLECTED_ROWS;
  return (
    <p className="desk-more">
      {texts.some(list.count, list.total)}{' '}
      <button type="button" className="desk-button" onClick={() => void collect()}>
        {isTooLong ? texts.atMost : texts.all}
      </button>{' '}
      <span role="status">{text}</span>
    </p>
  );
}
