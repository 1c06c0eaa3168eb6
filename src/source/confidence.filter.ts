import { enumFilter } from '../graph/list/operators.js';
import { Confidence } from './confidence.js';

/** The filter over the confidence of a record, for all concepts. */
export const ConfidenceFilter = enumFilter('Confidence', () => Confidence);
