import { type Html, html } from '../http/html.js';
import { deskLink, link, type Reader } from './reader.js';
import type { RecordKind } from './record-documents.js';

/** The filters by which the lists of a record are exported. */
const EXPORT_FILTERS: Readonly<Record<string, (id: string) => [list: string, filter: object][]>> = {
  authority: id => {
    const sides = { or: [{ dutch: { id: { eq: id } } }, { chinese: { id: { eq: id } } }] };
    return [
      ['partnerships', sides],
      ['exchanges', sides],
    ];
  },
  partnership: id => [['exchanges', { partnership: { id: { eq: id } } }]],
  programme: id => [['exchanges', { programme: { id: { eq: id } } }]],
  exchange: () => [],
  organisation: () => [],
};

const FORMATS = ['csv', 'xlsx', 'ndjson'] as const;

/** Renders links to the files of a record and of its lists, and to the desk. */
export function filesSection(reader: Reader, { field, list, document }: RecordKind, id: string): Html {
  const { texts, knownAt } = reader;
  const files: [string, object][] = [[list, { id: { eq: id } }], ...(EXPORT_FILTERS[field]?.(id) ?? [])];
  const exported = files.flatMap(([name, filter], index) =>
    FORMATS.map(format => {
      const parameters = new URLSearchParams({
        filter: JSON.stringify(filter),
        provenance: 'true',
        ...(knownAt && { knownAt: knownAt.text }),
      });
      const label =
        index === 0
          ? format.toUpperCase()
          : `${texts[name === 'partnerships' ? 'ties' : 'exchanges']}: ${format.toUpperCase()}`;
      return html`<li><a href="/export/${name}.${format}?${parameters.toString()}">${label}</a></li>`;
    }),
  );
  const query = document.replace(/\s+/g, ' ');
  const desk = (view: string) => deskLink(reader, { query, variables: JSON.stringify({ id }), view });
  return html`<section aria-labelledby="files"><h2 id="files">${texts.downloads}</h2>
<ul class="plain"><li><a href="${desk('evidence')}">${texts.evidenceInDesk}</a></li><li><a href="${desk('table')}">${texts.inDesk}</a></li>${
    (field === 'authority' || field === 'partnership') && html`<li><a href="${desk('map')}">${texts.mapInDesk}</a></li>`
  }</ul>
<ul class="plain">${exported}<li>JSON-LD: <code>Accept: application/ld+json</code></li><li><a href="${feedPath(reader, field, id)}">${texts.follow}: Atom</a></li></ul></section>`;
}

/** Returns the address of the feed of a record: of an authority with its ties, exchanges and programmes. */
export function feedPath(reader: Reader, field: string, id: string): string {
  const filter = field === 'authority' ? { authority: id } : { subjectIds: [id] };
  return link({ ...reader, knownAt: undefined }, '/changes.atom', { filter: JSON.stringify(filter) });
}
