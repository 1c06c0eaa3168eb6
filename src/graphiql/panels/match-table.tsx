import { useTranslation } from '../language.js';
import { idOf, type MatchedName } from '../result/match-data.js';

const translations = {
  en: {
    table: 'Names and their ids',
    id: 'Id',
    name: 'Name',
    record: 'Record',
    choose: 'Choose…',
    none: 'not in the register',
    recordFor: (name: string) => `Record for ${name}`,
  },
  nl: {
    table: 'Namen en hun ids',
    id: 'Id',
    name: 'Naam',
    record: 'Gegeven',
    choose: 'Kies…',
    none: 'niet in het register',
    recordFor: (name: string) => `Gegeven bij ${name}`,
  },
  zh: {
    table: '名称及其标识',
    id: '标识',
    name: '名称',
    record: '记录',
    choose: '请选择…',
    none: '登记册中没有',
    recordFor: (name: string) => `“${name}”对应的记录`,
  },
};

interface MatchTableProps {
  matched: readonly MatchedName[];
  /** The ids that the analyst chose, by name. */
  choices: ReadonlyMap<string, string>;
  onChoose: (choices: ReadonlyMap<string, string>) => void;
}

/** Shows names with their ids, and a choice of the records that each may mean. */
export function MatchTable({ matched, choices, onChoose }: MatchTableProps) {
  const texts = useTranslation(translations);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
    <section className="desk-scroll" aria-label={texts.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.name}</th>
            <th scope="col">{texts.record}</th>
            <th scope="col">{texts.id}</th>
          </tr>
        </thead>
        <tbody>
          {matched.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name can be pasted twice.
            <tr key={index}>
              <td>{row.name}</td>
              <td>
                {row.candidates.length === 0 ? (
                  texts.none
                ) : (
                  <select
                    aria-label={texts.recordFor(row.name)}
                    value={idOf(row, choices)}
                    onChange={event => onChoose(new Map(choices).set(row.name, event.target.value))}
                  >
                    <option value="">{texts.choose}</option>
                    {row.candidates.map(({ id, name, description, score }) => (
                      <option key={id} value={id}>
                        {`${name} (${[description, score].filter(Boolean).join(', ')})`}
                      </option>
                    ))}
                  </select>
                )}
              </td>
              <td>{idOf(row, choices)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
