import { useMemo } from 'react';
import { useActiveResult } from '../active-result.js';
import { useTranslation } from '../language.js';
import { remedyTexts } from '../result/remedy-texts.js';
import type { ResultObject } from '../result/typed-result.js';

/** Returns the ids and codes that the root fields of an answer found nothing for. */
function missingIn(root: ResultObject): string[] {
  return root.fields.flatMap(({ args: { id, code }, value }) =>
    value === null && (typeof id === 'string' || typeof code === 'string') ? [String(id ?? code)] : [],
  );
}

/** Says which ids the register does not have, and leads to the box that finds a record by its name. */
export function MissingRecords() {
  const texts = useTranslation(remedyTexts);
  const { root } = useActiveResult();
  const missing = useMemo(() => (root ? missingIn(root) : []), [root]);
  if (missing.length === 0) return null;
  const find = () => document.querySelector<HTMLInputElement>('.desk-look-up input')?.focus();
  return (
    <>
      {missing.map(id => (
        <p key={id}>{texts.unknownRecord(id)}</p>
      ))}
      <button type="button" className="desk-button" onClick={find}>
        {texts.find}
      </button>
    </>
  );
}
