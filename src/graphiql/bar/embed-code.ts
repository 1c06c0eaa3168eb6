/** Views that pages of other sites can embed; the server has a page for each. */
const EMBEDDABLE: ReadonlySet<string> = new Set(['map', 'table', 'chart', 'timeline']);

/** Returns the name of a panel in the address of an embedded view; undefined if it cannot be embedded. */
export function embeddableView(panel: string | undefined): string | undefined {
  const view = panel?.toLowerCase();
  return view !== undefined && EMBEDDABLE.has(view) ? view : undefined;
}

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * Returns the HTML that shows a view of the page in a page of another site.
 *
 * @param hash State of the page, as its address holds it.
 * @param address Address of the page.
 */
export function embedCode(view: string, hash: string, title: string, address: string): string {
  // The path says the view.
  const state = hash.replace(/^#/, '').replace(/(^|&)view=[^&]*(?:&|$)/, '$1');
  const { href } = new URL(`embed/${view}#${state.replace(/&$/, '')}`, address);
  return `<iframe src="${escapeAttribute(href)}" title="${escapeAttribute(title)}" width="800" height="600"></iframe>`;
}
