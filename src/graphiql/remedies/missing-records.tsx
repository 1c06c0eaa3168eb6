import { useTranslation } from '../language.js';
import { remedyTexts } from '../result/remedy-texts.js';

/** Says which ids the register does not have, and leads to the box that finds a record by its name. */
export function MissingRecords({ ids }: { ids: readonly string[] }) {
  const texts = useTranslation(remedyTexts);
  const find = () => document.querySelector<HTMLInputElement>('.desk-look-up input')?.focus();
  return (
    <>
      {ids.map(id => (
        <p key={id}>{texts.unknownRecord(id)}</p>
      ))}
      <button type="button" className="desk-button" onClick={find}>
        {texts.find}
      </button>
    </>
  );
}
