import { csv } from './csv.js';
import { feedSnapshot } from './feed-snapshot.js';
import type { Format } from './format.js';
import { geojson } from './geojson.js';
import { mismatches } from './mismatches.js';
import { ndjson } from './ndjson.js';
import { parquet } from './parquet.js';
import { quickstatements } from './quickstatements.js';
import { xlsx } from './xlsx.js';
import { zip } from './zip.js';

/** The formats of one list. */
export const listFormats: readonly Format[] = [csv, ndjson, geojson, xlsx, parquet, quickstatements];

/** All formats of files. */
export const formats: readonly Format[] = [...listFormats, zip, feedSnapshot];

/** Returns the format of a file by the name of its table and its extension. */
export const formatOf = (table: string | undefined, extension: string | undefined): Format | undefined =>
  table === 'mismatches'
    ? [mismatches].find(format => format.extension === extension)
    : formats.find(format => format.extension === extension);
