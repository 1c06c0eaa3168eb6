import { useReaderLanguage } from '../language.js';
import { reportTexts } from './report-texts.js';

/** The fields of a source that contradicts the register. With one of them, title and publisher are required. */
export function ReportSource({ isRequired }: { isRequired: boolean }) {
  const texts = reportTexts[useReaderLanguage()];
  return (
    <>
      <label>
        {texts.seen}
        <input name="title" required={isRequired} autoComplete="off" />
      </label>
      <label>
        {texts.publisher}
        <input name="publisher" required={isRequired} autoComplete="off" />
      </label>
      <label>
        {texts.url}
        <input name="url" type="url" autoComplete="off" placeholder="https://" />
      </label>
    </>
  );
}
