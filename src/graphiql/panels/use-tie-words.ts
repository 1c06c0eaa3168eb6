import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import type { NetworkNode, NetworkTie } from '../result/network-data.js';
import { nameIn } from '../result/objects.js';
import { tiePeriod } from './tie-period.js';

interface TieWords {
  readonly name: (node: NetworkNode) => string;
  readonly status: (status: string) => string;
  readonly period: (tie: NetworkTie) => string;
}

/** Returns functions that say the ties of a network in the language of the reader. */
export function useTieWords(): TieWords {
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels();
  return {
    name: ({ displayName, id }) => nameIn(displayName, language) ?? id,
    status: status => enumLabel('PartnershipStatus', status),
    period: tie => tiePeriod(tie, language),
  };
}
