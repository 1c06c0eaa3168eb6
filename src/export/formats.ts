import { csv } from './csv.js';
import type { Format } from './format.js';
import { geojson } from './geojson.js';
import { ndjson } from './ndjson.js';
import { quickstatements } from './quickstatements.js';
import { xlsx } from './xlsx.js';

/** All export formats. */
export const formats: readonly Format[] = [csv, ndjson, geojson, xlsx, quickstatements];
