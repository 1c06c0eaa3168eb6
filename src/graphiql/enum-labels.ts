import { useGraphiQL } from '@graphiql/react';
import { useCallback, useEffect } from 'react';
import { fetchQuery } from './fetch-query.js';
import { useReaderLanguage } from './language.js';
import { humanize, type ReaderLanguage } from './result/format.js';
import { Store, useStore } from './store.js';

interface CodeList {
  readonly name: string;
  readonly codes: readonly { readonly value: string; readonly nl: string; readonly en: string; readonly zh: string }[];
}

/** Time after which labels that did not come are requested again. */
const RETRY_MS = 2_000;

const QUERY =
  '{ codeLists { name codes { value nl: label(language: NL) en: label(language: EN) zh: label(language: ZH) } } }';

type Labels = ReadonlyMap<string, Readonly<Record<ReaderLanguage, string>>>;

/** Labels by enum and value: `PartnershipStatus.ENDED`. */
const labels = new Store<Labels>(new Map());
let isRequested = false;
/** True while the first request for the labels is under way. */
const isFirstRequest = new Store(false);

/** Requests the labels until they come. The humanized names are in use until then. */
async function fetchLabels(): Promise<void> {
  try {
    const { codeLists } = await fetchQuery<{ codeLists: CodeList[] }>(QUERY);
    labels.set(new Map(codeLists.flatMap(({ name, codes }) => codes.map(code => [`${name}.${code.value}`, code]))));
  } catch {
    setTimeout(fetchLabels, RETRY_MS);
  }
  isFirstRequest.set(false);
}

/** Tells if labels may come at any moment. A file that is saved waits for them. */
export const useAreLabelsAwaited = (): boolean => useStore(isFirstRequest);

/** Returns the labels, and requests them when the first component needs them. */
function useLabels(): Labels {
  const schema = useGraphiQL(state => state.schema);
  useEffect(() => {
    if (isRequested || !schema?.getQueryType()?.getFields().codeLists) return;
    isRequested = true;
    isFirstRequest.set(true);
    void fetchLabels();
  }, [schema]);
  return useStore(labels);
}

/**
 * Returns a function that labels enum values, in the language of the page by default: by the code lists of the register,
 * or by a humanized name.
 */
export function useEnumLabels(inLanguage?: ReaderLanguage): (type: string, value: string) => string {
  const labelsByValue = useLabels();
  const pageLanguage = useReaderLanguage();
  const language = inLanguage ?? pageLanguage;
  return useCallback(
    (type, value) => labelsByValue.get(`${type}.${value}`)?.[language] ?? humanize(value),
    [labelsByValue, language],
  );
}

/** Returns a function that labels fields by the code list `Field` of the register; undefined for a field that it does not have. */
export function useFieldLabels(): (field: string) => string | undefined {
  const labelsByValue = useLabels();
  const language = useReaderLanguage();
  return useCallback(field => labelsByValue.get(`Field.${field}`)?.[language], [labelsByValue, language]);
}
