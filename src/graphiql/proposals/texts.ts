import { useReaderLanguage } from '../language.js';
import type { ReaderLanguage } from '../result/format.js';
import { en, type ProposalTexts } from './texts-en.js';
import { nl } from './texts-nl.js';
import { zh } from './texts-zh.js';

export type { ProposalTexts };

const proposalTexts: Readonly<Record<ReaderLanguage, ProposalTexts>> = { en, nl, zh };

/** Returns the texts of the panel in the language of the reader. */
export const useProposalTexts = (): ProposalTexts => proposalTexts[useReaderLanguage()];
