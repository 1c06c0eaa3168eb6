import { isSafeLink } from '../result/evidence.js';
import { type ComparedValue, compare } from './comparison.js';
import { formatValue, type Item, type Proposal } from './proposal.js';
import { placeText } from './row-texts.js';
import { useProposalTexts } from './texts.js';
import { useFieldLabel } from './use-field-label.js';
import { usePresentRecord } from './use-present-record.js';
import { useValueText } from './use-value-text.js';

/** Shows the values of a row beside those of its record: at the basis, now, and proposed. */
export function ComparisonTable({ proposal, item }: { proposal: Proposal; item: Item }) {
  const texts = useProposalTexts();
  const present = usePresentRecord(proposal.concept, item);
  const valueText = useValueText(proposal.concept);
  const rows = compare(item, present);
  const evidence = new Map(
    rows
      .flatMap(({ kind, sources }) => (kind === 'same' ? [] : sources))
      .map(source => [source.url ?? source.title, source]),
  );
  return (
    <>
      <table className="proposal-table">
        <caption className="desk-hidden">{texts.comparison(placeText(item, texts))}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.field}</th>
            <th scope="col">{texts.atBasis}</th>
            <th scope="col">{texts.now}</th>
            <th scope="col">{texts.proposed}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <ComparedRow key={row.path} row={row} textOf={value => valueText(item, row.path, value)} />
          ))}
        </tbody>
      </table>
      {evidence.size > 0 && (
        <div className="proposal-evidence">
          <h4>{texts.evidence}</h4>
          <ul>
            {[...evidence.values()].map(({ title, url, publisher }) => (
              <li key={url ?? title}>
                {isSafeLink(url) ? (
                  <a href={url} target="_blank" rel="noopener noreferrer">
                    {title}
                  </a>
                ) : (
                  title
                )}
                , {publisher}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function ComparedRow({ row, textOf }: { row: ComparedValue; textOf: (value: unknown) => string }) {
  const texts = useProposalTexts();
  const fieldLabel = useFieldLabel();
  const { path, kind, atBasis, now, meanwhile, proposed } = row;
  const show = (value: unknown) => (value === undefined ? '' : textOf(value) || <i>{texts.empty}</i>);
  return (
    <tr data-kind={kind}>
      <th scope="row" title={path}>
        {fieldLabel(path)}
        {kind === 'conflict' && <small> {texts.conflict}</small>}
        {kind === 'same' && now !== undefined && <small> {texts.same}</small>}
      </th>
      <td>{show(atBasis)}</td>
      <td>
        {kind === 'same' && now === undefined ? <i>{texts.unreadValue}</i> : show(now)}
        {meanwhile !== undefined && (
          <strong className="proposal-meanwhile">{texts.meanwhile(textOf(meanwhile) || texts.empty)}</strong>
        )}
      </td>
      <td>{kind === 'refused' ? formatValue(proposed) : show(proposed)}</td>
    </tr>
  );
}
