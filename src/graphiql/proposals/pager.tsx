import type { Page, PagePlace } from './proposal-api.js';
import { useProposalTexts } from './texts.js';

interface PagerProps {
  page: Pick<Page<unknown>, 'nodes' | 'totalCount' | 'pageInfo'>;
  /** The number of records before the page. */
  offset: number;
  turn: (place: PagePlace, step: 1 | -1) => void;
}

/** Says which records of a connection are shown, and turns its pages. */
export function Pager({ page, offset, turn }: PagerProps) {
  const texts = useProposalTexts();
  const { nodes, totalCount, pageInfo } = page;
  return (
    <div className="desk-choices">
      <span className="desk-count">
        {nodes.length > 0 && texts.range(offset + 1, offset + nodes.length, totalCount)}
      </span>
      {(pageInfo.hasPreviousPage || pageInfo.hasNextPage) && (
        <>
          <button
            type="button"
            className="desk-button"
            disabled={!pageInfo.hasPreviousPage}
            onClick={() => turn({ before: pageInfo.startCursor }, -1)}
          >
            {texts.previous}
          </button>
          <button
            type="button"
            className="desk-button"
            disabled={!pageInfo.hasNextPage}
            onClick={() => turn({ after: pageInfo.endCursor }, 1)}
          >
            {texts.next}
          </button>
        </>
      )}
    </div>
  );
}
