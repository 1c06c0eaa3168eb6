import { useKnownAt } from '../clock/moment.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { recordLink } from '../result/record-link.js';
import { RecordBox } from './record-box.js';

const translations = { en: 'Find a record by name', nl: 'Zoek op naam', zh: '按名称查找' };

/** Box over all panels that finds a record by its name and opens its page. */
export function LookUp() {
  const label = useTranslation(translations);
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  return (
    <search className="desk-look-up">
      <RecordBox label={label} choose={({ id }) => location.assign(recordLink(id, language, knownAt))} />
    </search>
  );
}
