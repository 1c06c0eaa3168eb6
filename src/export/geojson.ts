import { ATTRIBUTION, LICENCE } from './attribution.js';
import type { Format } from './format.js';

/** Writes a FeatureCollection (RFC 7946). Metadata are foreign members, before the features. */
export const geojson: Format = {
  extension: 'geojson',
  mediaType: 'application/geo+json',
  geometry: 'required',
  async *write({ name, columns, pages, knownAt }) {
    const head = { type: 'FeatureCollection', name, knownAt, attribution: ATTRIBUTION, license: LICENCE };
    yield `${JSON.stringify(head).slice(0, -1)},"features":[`;
    let separator = '\n';
    for await (const page of pages) {
      let text = '';
      for (const row of page) {
        const properties = Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]));
        const feature = { type: 'Feature', id: row[0], geometry: row[columns.length], properties };
        text += separator + JSON.stringify(feature);
        separator = ',\n';
      }
      yield text;
    }
    yield '\n]}\n';
  },
};
