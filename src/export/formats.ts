import { csv } from './csv.js';
import type { Format } from './format.js';
import { geojson } from './geojson.js';
import { mismatches } from './mismatches.js';
import { ndjson } from './ndjson.js';
import { quickstatements } from './quickstatements.js';
import { xlsx } from './xlsx.js';

/** All export formats. */
export const formats: readonly Format[] = [csv, ndjson, geojson, xlsx, quickstatements];

/** Returns the format of a file by the name of its table and its extension. */
export const formatOf = (table: string | undefined, extension: string | undefined): Format | undefined =>
  table === 'mismatches'
    ? [mismatches].find(format => format.extension === extension)
    : formats.find(format => format.extension === extension);
