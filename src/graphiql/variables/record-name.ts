import { useEffect, useState } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage } from '../language.js';

const QUERY =
  'query($ids: [ID!]!, $language: Language!) { nodes(ids: $ids) { ... on Labelled { id label(language: $language) } } }';

/** Returns the names of records by id, in the language of the reader; an id stands for a name that is not there. */
export function useRecordNames(ids: readonly string[]): (id: string) => string {
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const key = ids.join();
  useEffect(() => {
    if (key === '') return undefined;
    const request = new AbortController();
    const variables = { ids: key.split(','), language: language.toUpperCase() };
    fetchQuery<{ nodes: ({ id: string; label: string } | null)[] }>(QUERY, {
      variables,
      knownAt,
      language,
      signal: request.signal,
    }).then(
      ({ nodes }) => setNames(new Map(nodes.flatMap(node => (node ? [[node.id, node.label]] : [])))),
      // An id that is none has no name; the register says so when the question is asked.
      () => {},
    );
    return () => request.abort();
  }, [key, language, knownAt]);
  return id => names.get(id) ?? id;
}
