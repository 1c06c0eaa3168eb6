import type { Item } from './proposal.js';
import { useProposalTexts } from './texts.js';
import { useFieldLabel } from './use-field-label.js';

interface CandidatesProps {
  item: Item;
  canChoose: boolean;
  choose: (id: string) => void;
}

/** The candidates that have a key. */
const MAX_KEYS = 9;

/** Lists the records that a row may be about, each with the name that matched and what its score is made of. */
export function Candidates({ item, canChoose, choose }: CandidatesProps) {
  const texts = useProposalTexts();
  const fieldLabel = useFieldLabel();
  return (
    <div>
      <h4 id="proposal-candidates">{texts.candidates}</h4>
      <ol className="proposal-candidates" aria-labelledby="proposal-candidates">
        {item.candidates.map(({ id, path, score, why, matched, node }, n) => (
          <li key={`${path} ${id}`}>
            {canChoose && (
              <button
                type="button"
                className="desk-button"
                aria-pressed={item.choice === id}
                aria-label={`${texts.choose} ${n < MAX_KEYS ? n + 1 : ''}: ${node?.label ?? id}`}
                {...(n < MAX_KEYS && { 'aria-keyshortcuts': String(n + 1) })}
                onClick={() => choose(id)}
              >
                {texts.choose} {n < MAX_KEYS && <kbd>{n + 1}</kbd>}
              </button>
            )}
            <span>
              <strong>{node?.label ?? id}</strong> <code>{id}</code>
              {path !== 'id' && <> ({fieldLabel(path)})</>}
              <br />
              {matched === null ? texts.byCode : texts.matched(matched)}, {texts.score(score)}
              {why && (
                <small> ({why.map(({ name, value }) => `${texts.features[name] ?? name} ${value}`).join(', ')})</small>
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
