import { abbreviate, InputError } from '../../graph/errors.js';
import type { Fork } from '../../graph/sql/fork.js';
import type { MatchType } from '../../matching/match.js';
import { type MessageLanguage, message } from '../../messages/message.js';
import { type Entity, loadEntities } from './entities.js';
import { type Property, propertiesOf, propertyIn } from './properties.js';
import { type ApiVersion, checkBatch, type Shape } from './request.js';
import { typeIn } from './types.js';

/** Limits the properties of one extension. */
const MAX_PROPERTIES = 30;

/** A request for values of properties of entities. */
export interface Extension {
  ids: readonly string[];
  properties: readonly Property[];
}

/** The properties whose values are entities, with their type. */
const ENTITIES: Readonly<Record<string, MatchType>> = {
  dutch: 'DutchAuthority',
  chinese: 'ChineseAuthority',
  parent: 'Authority',
  prefecture: 'ChineseAuthority',
  succeededBy: 'Authority',
};

/** The properties that can be read. */
export const readableProperties = (type?: MatchType): Property[] =>
  propertiesOf(type).filter(({ isOnlyCondition }) => !isOnlyCondition);

/** Reads a data extension query, which both versions write alike. */
export function extensionOf(json: unknown, shape: Shape): Extension {
  const query = shape.object(json, 'extend');
  const ids = shape.array(query.ids, 'ids').map((id, i) => shape.string(id, `ids.${i}`));
  const properties = shape.array(query.properties, 'properties');
  checkBatch(ids.length, 'ids');
  if (properties.length > MAX_PROPERTIES) {
    const params = { path: 'properties', limit: MAX_PROPERTIES, count: properties.length };
    throw new InputError(message('RECONCILE_TOO_MANY', params));
  }
  const readable = readableProperties();
  return {
    ids: [...new Set(ids)],
    properties: properties.map((item, i) => {
      const path = `properties.${i}.id`;
      const id = shape.string(shape.object(item, `properties.${i}`).id, path);
      const property = readable.find(candidate => candidate.id === id);
      if (property) return property;
      const names = readable.map(candidate => candidate.id).join(', ');
      throw new InputError(message('RECONCILE_PROPERTY_UNKNOWN', { path, value: abbreviate(id), names }));
    }),
  };
}

type Value = { str: string } | { int: number } | { float: number } | { id: string; name: string };

/** Loads the values of an extension: those of a record that does not exist are empty. */
export async function extend(
  em: Fork,
  { ids, properties }: Extension,
  version: ApiVersion,
  language: MessageLanguage,
): Promise<unknown> {
  const entities = await loadEntities(em, ids, language);
  const references = properties.filter(({ id }) => Object.hasOwn(ENTITIES, id));
  const targets = entities.flatMap(entity => references.flatMap(({ id }) => textOf(entity?.record[id]) ?? []));
  const loaded = await loadEntities(em, [...new Set(targets)], language);
  const byId = new Map(loaded.flatMap(entity => (entity ? [[entity.id, entity] as const] : [])));
  const rows = entities.map((entity, i) => ({
    id: ids[i] as string,
    properties: properties.map(({ id }) => ({ id, values: entity ? valuesOf(entity, id, byId) : [] })),
  }));
  return {
    meta: properties.map(property => ({ ...propertyIn(property, language), ...typeOf(property, language) })),
    rows: version === '1.0-draft' ? rows : Object.fromEntries(rows.map(row => [row.id, byProperty(row.properties)])),
  };
}

const byProperty = (properties: readonly { id: string; values: Value[] }[]) =>
  Object.fromEntries(properties.map(({ id, values }) => [id, values]));

function typeOf({ id, types }: Property, language: MessageLanguage) {
  if (!Object.hasOwn(ENTITIES, id) || (id === 'parent' && types.length === 1)) return {};
  const type = typeIn(ENTITIES[id] as MatchType, language);
  return { type: { id: type.id, name: type.name } };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Returns the values of a field; of `names.nl`, the member of the names. */
function valuesOf({ record }: Entity, id: string, byId: ReadonlyMap<string, Entity>): Value[] {
  const value = id
    .split('.')
    .reduce<unknown>((object, name) => (object as Record<string, unknown> | null)?.[name], record);
  return [value].flat().flatMap((item): Value[] => {
    if (item == null) return [];
    if (Object.hasOwn(ENTITIES, id)) {
      const entity = byId.get(String(item));
      return entity ? [{ id: entity.id, name: entity.name }] : [];
    }
    if (typeof item !== 'number') return [{ str: String(item) }];
    return [Number.isInteger(item) ? { int: item } : { float: item }];
  });
}
