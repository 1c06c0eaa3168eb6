import { abbreviate, InputError } from '../../graph/errors.js';
import { compact } from '../../graph/types/text.js';
import type { Candidate, Match } from '../../matching/match.js';
import type { MessageLanguage } from '../../messages/message.js';
import { message } from '../../messages/message.js';
import type { Entity } from './entities.js';
import { FEATURE_LABELS, featuresOf, type ReconcileQuery } from './queries.js';
import { checkBatch, type Shape } from './request.js';
import { checkType, typeIn } from './types.js';

/** The queries of a batch in their order, and how their matches become a response. */
export interface Batch {
  queries: ReconcileQuery[];
  respond(matches: readonly Match[], entities: ReadonlyMap<string, Entity>, language: MessageLanguage): unknown;
}

/** Reads a batch of version 0.2: queries by keys of the client. */
export function batchOf02(json: unknown, shape: Shape): Batch {
  const entries = Object.entries(shape.object(json, 'queries'));
  checkBatch(entries.length, 'queries');
  const queries = entries.map(([key, value]) => queryOf02(shape.object(value, key), key, shape));
  return {
    queries,
    respond: (matches, entities, language) =>
      Object.fromEntries(
        entries.map(([key], i) => [
          key,
          { result: resultOf(matches[i], entities, language, ({ name, value }) => ({ id: name, value })) },
        ]),
      ),
  };
}

function queryOf02(query: Record<string, unknown>, key: string, shape: Shape): ReconcileQuery {
  const types =
    query.type === undefined
      ? []
      : [query.type].flat().map(type => checkType(shape.string(type, `${key}.type`), `${key}.type`));
  const properties = query.properties === undefined ? [] : shape.array(query.properties, `${key}.properties`);
  // A query without properties has a text; null and an empty one are what OpenRefine sends for an empty cell.
  const name = query.query == null && properties.length > 0 ? '' : shape.string(query.query, `${key}.query`);
  return {
    name,
    ids: [],
    types,
    limit: query.limit == null ? undefined : shape.positiveInteger(query.limit, `${key}.limit`),
    conditions: properties.map((item, i) => {
      const path = `${key}.properties.${i}`;
      const property = shape.object(item, path);
      return {
        id: shape.nonEmptyString(property.pid, `${path}.pid`),
        values: shape.values(property.v, `${path}.v`),
        isRequired: false,
        path: `${path}.v`,
      };
    }),
  };
}

/** Reads a batch of version 1.0: a list of queries, each a list of conditions. */
export function batchOf10(json: unknown, shape: Shape): Batch {
  const items = shape.array(shape.object(json, 'body').queries, 'queries');
  checkBatch(items.length, 'queries');
  return {
    queries: items.map((item, i) => queryOf10(shape.object(item, `queries.${i}`), `queries.${i}`, shape)),
    respond: (matches, entities, language) => ({
      results: matches.map(match => ({
        candidates: resultOf(match, entities, language, ({ name, value }) => ({
          id: name,
          name: FEATURE_LABELS[name][language],
          value,
        })),
      })),
    }),
  };
}

function queryOf10(query: Record<string, unknown>, path: string, shape: Shape): ReconcileQuery {
  const conditions = shape.array(query.conditions, `${path}.conditions`).map((item, i) => {
    const place = `${path}.conditions.${i}`;
    const condition = shape.object(item, place);
    const matchType = shape.oneOf(condition.matchType, `${place}.matchType`, ['name', 'id', 'property']);
    const quantifier = condition.matchQuantifier ?? 'any';
    if (quantifier !== 'any') {
      const params = { path: `${place}.matchQuantifier`, value: abbreviate(quantifier) };
      throw new InputError(message('RECONCILE_CONDITION_UNSUPPORTED', params));
    }
    return {
      matchType,
      id: matchType === 'property' ? shape.nonEmptyString(condition.propertyId, `${place}.propertyId`) : '',
      values: shape.values(condition.propertyValue, `${place}.propertyValue`),
      isRequired: condition.required === true,
      path: `${place}.propertyValue`,
    };
  });
  const ofType = (wanted: string) => conditions.filter(({ matchType }) => matchType === wanted);
  return {
    name: ofType('name').flatMap(({ values }) => values)[0] ?? '',
    ids: ofType('id').flatMap(({ values }) => values),
    types: query.type === undefined ? [] : [checkType(shape.string(query.type, `${path}.type`), `${path}.type`)],
    limit: query.limit == null ? undefined : shape.positiveInteger(query.limit, `${path}.limit`),
    conditions: ofType('property'),
  };
}

/** Returns the candidates of a match as both versions have them, but for their features. */
function resultOf<Feature>(
  match: Match | undefined,
  entities: ReadonlyMap<string, Entity>,
  language: MessageLanguage,
  featureOf: (feature: Candidate['features'][number]) => Feature,
) {
  return (match?.candidates ?? []).flatMap(candidate => {
    const entity = entities.get(candidate.id);
    if (!entity) return [];
    const { id, name, type } = entity;
    return {
      id,
      name,
      description: descriptionOf(entity, candidate),
      type: [typeIn(type, language)].map(({ id: typeId, name: typeName }) => ({ id: typeId, name: typeName })),
      score: candidate.score,
      match: match?.automatic === id,
      features: featuresOf(candidate).map(featureOf),
    };
  });
}

/** Returns the description of a candidate, with the name that matched if it is another one: `Municipality (’s-Gravenhage)`. */
function descriptionOf({ name, description }: Entity, { matched }: Candidate): string {
  const isShown = matched !== null && compact(matched) !== compact(name);
  return isShown ? [description, `≈ ${matched}`].filter(Boolean).join(' · ') : description;
}
