import type { GraphQLSchema } from 'graphql';
import { type ReactNode, useState } from 'react';
import { useTranslation } from '../language.js';
import { recordType } from '../result/builder-options.js';
import { type ColumnOption, columnOptions } from '../result/column-options.js';
import { RemoveButton } from '../variables/remove-button.js';
import { builderTexts } from './builder-texts.js';
import type { PartProps } from './part.js';
import { usePathWords } from './use-words.js';

/** Levels of the tree: fields of the record, of what it refers to, and of that. */
const MAX_LEVELS = 3;

/** Columns of a question: those that are chosen, and a tree of all fields. */
export function Columns({ schema, question, change }: PartProps) {
  const texts = useTranslation(builderTexts);
  const wordsOf = usePathWords();
  const type = recordType(schema, question.list);
  const { columns } = question;
  const toggle = (path: string) => {
    const next = columns.includes(path) ? columns.filter(column => column !== path) : [...columns, path];
    // A list without columns is none.
    if (next.length > 0) change({ ...question, columns: next });
  };
  return (
    <>
      {columns.map(path => (
        <RemoveButton
          key={path}
          name={wordsOf(path.split('.'))}
          withName
          disabled={columns.length === 1}
          title={path}
          onClick={() => toggle(path)}
        />
      ))}
      {type && (
        <details className="desk-tree">
          <summary className="desk-button">{texts.columns}</summary>
          <Branch schema={schema} type={type} prefix="" level={1} chosen={columns} toggle={toggle} />
        </details>
      )}
    </>
  );
}

interface BranchProps {
  readonly schema: GraphQLSchema;
  readonly type: string;
  readonly prefix: string;
  readonly level: number;
  readonly chosen: readonly string[];
  readonly toggle: (path: string) => void;
}

function Branch(props: BranchProps) {
  const { schema, type, prefix, level, chosen, toggle } = props;
  const wordsOf = usePathWords();
  const options = columnOptions(schema, type, prefix).filter(option => !option.type || level < MAX_LEVELS);
  return (
    <ul>
      {options.map(option => (
        <li key={option.path}>
          {option.type ? (
            <Twig option={option}>
              <Branch {...props} type={option.type} prefix={`${option.path}.`} level={level + 1} />
            </Twig>
          ) : (
            <label title={option.path}>
              <input type="checkbox" checked={chosen.includes(option.path)} onChange={() => toggle(option.path)} />
              {wordsOf([option.name])}
            </label>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Field that can be unfolded; its fields are rendered while it is. */
function Twig({ option, children }: { option: ColumnOption; children: ReactNode }) {
  const wordsOf = usePathWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={event => setOpen(event.currentTarget.open)}>
      <summary title={option.path}>{wordsOf([option.name])}</summary>
      {isOpen && children}
    </details>
  );
}
