import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { formatDate } from '../result/format.js';
import type { DayCounts } from '../result/status-on-day.js';
import { useDayVariable } from './day-slider.js';

const translations = {
  en: {
    begun: (count: number) => ` (${count} of them had begun)`,
    together: (count: number) => `: together ${count}`,
    activeOnly: 'This question leaves out the ties that are not known to be active on that day.',
    comma: ', ',
  },
  nl: {
    begun: (count: number) => ` (waarvan ${count} al begonnen)`,
    together: (count: number) => `: samen ${count}`,
    activeOnly: 'Deze vraag laat de banden weg waarvan niet bekend is dat ze die dag actief waren.',
    comma: ', ',
  },
  zh: {
    begun: (count: number) => `（其中${count}个已开始）`,
    together: (count: number) => `：共${count}`,
    activeOnly: '此问题不包括当日是否活跃不明的友好关系。',
    comma: '，',
  },
};

/** Returns a function that states the numbers of a day: "12 active, 27 unknown, 13 not yet started: together 52". */
export function useDayWords(): (counts: DayCounts) => string {
  const texts = useTranslation(translations);
  const enumLabel = useEnumLabels(useReaderLanguage());
  return ({ byStatus, unknownBegun, total }) => {
    const parts = byStatus.map(([status, count]) => {
      const begun = status === 'UNKNOWN' && unknownBegun > 0 ? texts.begun(unknownBegun) : '';
      return `${count} ${enumLabel('PartnershipStatus', status).toLowerCase()}${begun}`;
    });
    return parts.join(texts.comma) + texts.together(total);
  };
}

/** States what is known of a day, and says if the question hides what is not. */
export function DayCountsLine({ counts, day }: { counts: DayCounts | undefined; day: string | undefined }) {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const words = useDayWords();
  const isActiveOnly = useDayVariable()?.isActiveOnly;
  return (
    <>
      {counts && counts.total > 0 && day && (
        <p className="desk-count" data-day-counts={day}>
          {formatDate(day, language)}: {words(counts)}
        </p>
      )}
      {isActiveOnly && <p>{texts.activeOnly}</p>}
    </>
  );
}
