import { registerNode } from '../graph/record/node.js';
import type { RecordSource } from '../graph/record/record-loader.js';
import { Source } from './source.js';

/** The table of sources, and its alias. */
export const sources: RecordSource<Source> = { entity: Source, alias: 's' };

registerNode('src', 'Source', sources);
