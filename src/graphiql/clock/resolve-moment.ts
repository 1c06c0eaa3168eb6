import { useEffect } from 'react';
import { failureMessage } from '../failure-message.js';
import { FetchError, fetchQuery } from '../fetch-query.js';
import { useReaderLanguage } from '../language.js';
import type { ReaderLanguage } from '../result/format.js';
import { isInstant, type KnownAt } from '../result/known-at.js';
import { Store, useStore } from '../store.js';
import { formatInstant } from './amsterdam.js';
import { useKnownAt } from './moment.js';

/** Change of the register, as the clock lists it. */
export interface ListedChange {
  readonly cursor: KnownAt;
  readonly recordedAt: string;
  readonly kind: string;
  readonly subjectLabel: string;
}

/** Refusal of a moment by the register. */
export interface Refusal {
  readonly message: string;
  /** Instants that the refusal offers instead. */
  readonly instants: readonly KnownAt[];
}

/** Moment as the register understands it. */
export type ResolvedMoment = { readonly knownAt: KnownAt } & (
  | { readonly state: 'asking' }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  | { readonly state: 'known'; readonly lastChange: ListedChange | undefined }
);

/** Returns the instant of a moment: that of the clock, or that of the change that it names. */
export function instantOf(moment: ResolvedMoment | undefined): string | undefined {
  if (moment && isInstant(moment.knownAt)) return moment.knownAt;
  return moment?.state === 'known' ? moment.lastChange?.recordedAt : undefined;
}

const CHANGE = 'cursor recordedAt kind subjectLabel(language: $language)';
const LAST_CHANGE = `query LastChange($language: Language!) { changes(last: 1) { nodes { ${CHANGE} } } }`;
const NEWEST_CHANGES = `query NewestChanges($language: Language!, $before: ChangeCursor) {
  changes(last: 20, before: $before) { nodes { ${CHANGE} } pageInfo { hasPreviousPage startCursor } }
}`;

interface Changes {
  readonly nodes: readonly ListedChange[];
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
}

/** Asks the register about a moment, and returns its last change. */
export async function resolveMoment(
  knownAt: KnownAt,
  language: ReaderLanguage,
  signal?: AbortSignal,
): Promise<ResolvedMoment> {
  try {
    const variables = { language: language.toUpperCase() };
    const { changes } = await fetchQuery<{ changes: Changes }>(LAST_CHANGE, { variables, signal, knownAt, language });
    return { knownAt, state: 'known', lastChange: changes.nodes[0] };
  } catch (error) {
    if (signal?.aborted) throw error;
    const params = error instanceof FetchError ? Object.values(error.params) : [];
    const instants = params.filter(value => typeof value === 'string').filter(isInstant);
    const message = failureMessage(error);
    return {
      knownAt,
      state: 'refused',
      refusal: { message, instants: instants.filter(instant => instant !== knownAt) },
    };
  }
}

/** Returns the newest changes of the present register before a cursor, newest first. */
export async function newestChanges(
  language: ReaderLanguage,
  before: string | null,
): Promise<{ changes: ListedChange[]; earlier: string | null }> {
  const variables = { language: language.toUpperCase(), before };
  const { changes } = await fetchQuery<{ changes: Changes }>(NEWEST_CHANGES, { variables, language });
  const { hasPreviousPage, startCursor } = changes.pageInfo;
  return { changes: changes.nodes.toReversed(), earlier: hasPreviousPage ? startCursor : null };
}

const resolved = new Store<ResolvedMoment | undefined>(undefined);

/** Returns the moment of the page as the register understands it; `undefined` in the present. */
export const useResolvedMoment = (): ResolvedMoment | undefined => useStore(resolved);

const AS_KNOWN = {
  en: (moment: string) => `As the register knew it on ${moment}.`,
  nl: (moment: string) => `Zoals het register het wist op ${moment}.`,
  zh: (moment: string) => `登记册在${moment}所记录的内容。`,
};

/** Returns the sentence that a picture or the banner states of its moment; `undefined` in the present. */
export function useMomentText(): string | undefined {
  const language = useReaderLanguage();
  const moment = useResolvedMoment();
  const instant = instantOf(moment);
  return moment && AS_KNOWN[language](instant ? formatInstant(instant, language) : moment.knownAt);
}

/** Asks the register about the moment of the page whenever it changes, for all components that show it. */
export function useResolveMoment(): void {
  const knownAt = useKnownAt();
  const language = useReaderLanguage();
  useEffect(() => {
    resolved.set(knownAt === undefined ? undefined : { knownAt, state: 'asking' });
    if (knownAt === undefined) return undefined;
    const request = new AbortController();
    // An aborted request belongs to a moment that the page has left.
    resolveMoment(knownAt, language, request.signal).then(resolved.set, () => {});
    return () => request.abort();
  }, [knownAt, language]);
}
