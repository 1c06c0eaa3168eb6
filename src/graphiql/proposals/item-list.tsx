import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import type { ItemPage, VerdictFilter } from './item-page.js';
import { Pager } from './pager.js';
import { countsOf, type Decision, FOR_A_PERSON, type Item, type Proposal, rowsForAPerson } from './proposal.js';
import { PAGE_SIZE, type PagePlace } from './proposal-api.js';
import { nameInRow, placeText } from './row-texts.js';
import { useProposalTexts } from './texts.js';

interface ItemListProps {
  proposal: Proposal;
  page: ItemPage;
  index: number;
  pending: ReadonlyMap<string, Decision>;
  choose: (index: number) => void;
  load: (filter: VerdictFilter, place: PagePlace, offset: number, position: 'first' | 'last') => void;
}

/** Lists the rows of a page, each with its verdict and decision, and chooses which rows are shown. */
export function ItemList({ proposal, page, index, pending, choose, load }: ItemListProps) {
  const texts = useProposalTexts();
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  const counts = countsOf(proposal);
  const filters: [VerdictFilter, string, number][] = [
    ['ALL', texts.all, proposal.counts.total ?? 0],
    ['PERSON', texts.needsPerson, rowsForAPerson(proposal.counts)],
    ...counts.map(([verdict, rows]): [string, string, number] => [
      verdict,
      enumLabel('ProposalVerdict', verdict),
      rows,
    ]),
  ];
  const decisionOf = (item: Item) => {
    if (item.isApplied) return texts.written;
    const decision = pending.get(item.id)?.decision ?? item.decision;
    if (decision) return enumLabel('ProposalDecision', decision);
    return FOR_A_PERSON.includes(item.verdict) && proposal.state === 'OPEN' ? texts.undecided : '';
  };
  return (
    <div className="proposal-rows-column">
      <label className="desk-choices">
        {texts.show}{' '}
        <select value={page.filter} onChange={event => load(event.target.value, {}, 0, 'first')}>
          {filters.map(([value, label, rows]) => (
            <option key={value} value={value}>
              {label} ({rows})
            </option>
          ))}
          {!filters.some(([value]) => value === page.filter) && (
            <option value={page.filter}>{enumLabel('ProposalVerdict', page.filter)} (0)</option>
          )}
        </select>
      </label>
      <ol className="proposal-rows" aria-label={texts.rowsLabel} start={page.offset + 1}>
        {page.nodes.map((item, n) => (
          <li key={item.id} data-verdict={item.verdict}>
            <button
              type="button"
              className="proposal-row"
              tabIndex={n === index ? 0 : -1}
              aria-current={n === index}
              onClick={() => choose(n)}
              onFocus={() => choose(n)}
            >
              <span className="proposal-row-place">{placeText(item, texts)}</span>
              <span className="proposal-row-name">
                {item.subject?.label ?? item.subjectId ?? nameInRow(item, language) ?? texts.new}
              </span>
              <span className="proposal-row-verdict">
                {[enumLabel('ProposalVerdict', item.verdict), decisionOf(item)].filter(Boolean).join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <Pager
        page={page}
        offset={page.offset}
        turn={(place, step) => load(page.filter, place, page.offset + step * PAGE_SIZE, 'first')}
      />
    </div>
  );
}
