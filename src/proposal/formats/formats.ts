import { cbs } from './cbs.js';
import { csv } from './csv.js';
import type { FileFormat } from './file-format.js';
import { iati } from './iati.js';
import { ndjson } from './ndjson.js';
import { wikidata } from './wikidata.js';
import { xlsx } from './xlsx.js';

/** All formats of files of which proposals are made. */
export const fileFormats: readonly FileFormat[] = [csv, xlsx, ndjson, wikidata, iati, cbs];
