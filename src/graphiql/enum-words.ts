import { useGraphiQL } from '@graphiql/react';
import { useCallback, useEffect } from 'react';
import { ask } from './fetch-query.js';
import { useTongue } from './language.js';
import { humanize } from './result/words.js';
import { Store, useShared } from './store.js';

interface CodeList {
  readonly name: string;
  readonly codes: readonly { readonly value: string; readonly nl: string; readonly en: string }[];
}

const QUERY = '{ codeLists { name codes { value nl: label(language: NL) en: label(language: EN) } } }';

type Labels = ReadonlyMap<string, { readonly nl: string; readonly en: string }>;

/** By enum and value, as `PartnershipStatus.ENDED`. */
const labels = new Store<Labels>(new Map());
let asked = false;

async function fetchLabels(): Promise<void> {
  const { codeLists } = await ask<{ codeLists: CodeList[] }>(QUERY);
  labels.set(new Map(codeLists.flatMap(({ name, codes }) => codes.map(code => [`${name}.${code.value}`, code]))));
}

/** Puts the values of the schema's enums into words: the register's own where it has them, else those of the name. */
export function useEnumWords(): (type: string, value: string) => string {
  const known = useShared(labels);
  const tongue = useTongue();
  const schema = useGraphiQL(state => state.schema);
  useEffect(() => {
    if (asked || !schema?.getQueryType()?.getFields().codeLists) return;
    asked = true;
    // Without them words are still told, by the names of the values.
    fetchLabels().catch(() => {});
  }, [schema]);
  return useCallback((type, value) => known.get(`${type}.${value}`)?.[tongue] ?? humanize(value), [known, tongue]);
}
