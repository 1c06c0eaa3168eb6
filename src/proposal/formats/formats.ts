import { csv } from './csv.js';
import type { FileFormat } from './file-format.js';
import { ndjson } from './ndjson.js';
import { xlsx } from './xlsx.js';

/** All formats of files of which proposals are made. */
export const fileFormats: readonly FileFormat[] = [csv, xlsx, ndjson];
