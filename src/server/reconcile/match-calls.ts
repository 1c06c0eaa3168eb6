import { matchRecords } from '../../matching/match-records.js';
import { type Call, callOf, QUERY_POINTS } from './call.js';
import { loadEntities } from './entities.js';
import { extend, extensionOf } from './extend.js';
import { matchQueriesOf, mergeMatches } from './queries.js';
import { type ApiVersion, Shape } from './request.js';
import type { Batch } from './versions.js';

/** Matches the queries of a batch, each to the types that it names. */
export function matchCall({ queries, respond }: Batch): Call {
  const sought = queries.map(query => matchQueriesOf(query));
  return callOf(async ({ em, language }) => {
    const results = await matchRecords(em, sought.flat());
    let next = 0;
    const matches = queries.map((query, i) => {
      const start = next;
      next += sought[i]?.length ?? 0;
      return mergeMatches(query, results.slice(start, next));
    });
    const ids = new Set(matches.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
    const entities = await loadEntities(em, [...ids], language);
    return respond(matches, new Map(entities.flatMap(entity => (entity ? [[entity.id, entity]] : []))), language);
  }, sought.flat().length * QUERY_POINTS);
}

/** Reads the values of properties of records. */
export function extendCall(json: unknown, version: ApiVersion): Call {
  const extension = extensionOf(json, new Shape(version));
  return callOf(({ em, language }) => extend(em, extension, version, language), extension.ids.length);
}
