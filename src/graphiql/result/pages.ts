/** Place of a page in its list, as a connection has it. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/**
 * Reads a list page by page, until its last page or until the loop over it ends.
 *
 * @param fetchPage Returns the page after a cursor; null for the first.
 * @param infoOf Returns the place of a page; undefined if there is none after it.
 */
export async function* pagesOf<P>(
  fetchPage: (after: string | null) => Promise<P>,
  infoOf: (page: P) => PageInfo | undefined,
): AsyncGenerator<P, void> {
  let after: string | null = null;
  do {
    const page: P = await fetchPage(after);
    yield page;
    const info = infoOf(page);
    after = info?.hasNextPage ? info.endCursor : null;
  } while (after !== null);
}
