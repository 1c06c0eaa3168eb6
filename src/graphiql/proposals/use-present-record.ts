import { useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { fetchQuery } from '../fetch-query.js';
import type { CitedRecord } from '../result/evidence.js';
import { pathsOf, presentQuery, typeOfRecord } from './comparison.js';
import type { Item } from './proposal.js';

interface Present {
  /** The row that the record was read for. */
  readonly item: Item;
  readonly record: CitedRecord | null;
}

/** Reads the present values and sources of the record of a row; null without one, and until they are there. */
export function usePresentRecord(concept: string, item: Item): CitedRecord | null {
  const schema = useGraphiQL(state => state.schema);
  const [present, setPresent] = useState<Present>();
  useEffect(() => {
    const { subjectId: id } = item;
    if (!schema || id === null) return undefined;
    const request = new AbortController();
    const query = presentQuery(schema, typeOfRecord(concept, id), pathsOf(item));
    const read = fetchQuery<{ node: CitedRecord | null }>(query, { variables: { id }, signal: request.signal });
    // Without them the row still has the values that it was compared with.
    read.then(({ node }) => setPresent({ item, record: node })).catch(() => {});
    return () => request.abort();
  }, [schema, concept, item]);
  return present?.item === item ? present.record : null;
}
