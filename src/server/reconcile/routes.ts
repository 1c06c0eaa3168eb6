import type { IncomingMessage } from 'node:http';
import { graphqlError, truncate } from '../../graph/errors.js';
import { MATCH_TYPES } from '../../matching/match.js';
import { message } from '../../messages/message.js';
import { parseJson } from '../http/body.js';
import { type Call, type CallContext, callOf, Page, QUERY_POINTS } from './call.js';
import { entityTypeOf, loadEntities } from './entities.js';
import { readableProperties } from './extend.js';
import { manifest } from './manifest.js';
import { extendCall, matchCall } from './match-calls.js';
import { flyoutHtml, previewPage } from './preview.js';
import { propertiesOf, propertyIn } from './properties.js';
import { type ApiVersion, type Parameters, readJsonBody, Shape } from './request.js';
import { type Suggestions, suggestEntities, suggestProperties, suggestTypes } from './suggest.js';
import { checkType, typeIn, typesIn } from './types.js';
import { batchOf02, batchOf10 } from './versions.js';

const DEFAULT_SUGGESTIONS = 10;
const MAX_SUGGESTIONS = 50;

type Reader = (request: IncomingMessage, parameters: Parameters, version: ApiVersion) => Call | Promise<Call>;

const typeOf = ({ type }: Parameters) => (type ? checkType(type, 'type') : undefined);

function suggestionsOf(parameters: Parameters, version: ApiVersion): Suggestions {
  const shape = new Shape(version);
  const { prefix = '', cursor = '0', offset = cursor, limit } = parameters;
  return {
    prefix,
    type: typeOf(parameters),
    offset: offset === '0' || offset === '' ? 0 : shape.positiveInteger(offset, 'offset'),
    limit: limit ? Math.min(shape.positiveInteger(limit, 'limit'), MAX_SUGGESTIONS) : DEFAULT_SUGGESTIONS,
  };
}

/** Loads one record. @throws GraphQLError NOT_FOUND for an id without one. */
async function entityById({ em, language }: CallContext, id: string) {
  const [entity] = entityTypeOf(id) ? await loadEntities(em, [id], language) : [];
  if (entity) return entity;
  throw graphqlError(
    'NOT_FOUND',
    message('RECONCILE_ENTITY_UNKNOWN', { id: truncate(id, 100), types: MATCH_TYPES.join(', ') }),
  );
}

const root: Reader = (_, parameters, version) => {
  if (version === '0.2' && parameters.queries !== undefined) {
    return matchCall(batchOf02(parseJson(parameters.queries, 'queries'), new Shape(version)));
  }
  if (version === '0.2' && parameters.extend !== undefined)
    return extendCall(parseJson(parameters.extend, 'extend'), version);
  return callOf(context => manifest(version, context));
};

const flyout =
  (textOf: (context: CallContext, id: string) => Promise<string> | string): Reader =>
  (_, { id = '' }) =>
    callOf(async context => ({ id, html: await textOf(context, id) }));

/** A route below an endpoint: its methods, and how a request to it is read. */
interface Route {
  methods: readonly string[];
  read: Reader;
}

const get = (read: Reader): Route => ({ methods: ['GET', 'HEAD'], read });
const post = (read: Reader): Route => ({ methods: ['POST'], read });

/** The routes of both versions. */
const ROUTES: Readonly<Record<string, Route>> = {
  '': { methods: ['GET', 'HEAD', 'POST'], read: root },
  '/suggest/entity': get((_, parameters, version) => {
    const asked = suggestionsOf(parameters, version);
    return callOf(async ({ em, language }) => ({ result: await suggestEntities(em, asked, language) }), QUERY_POINTS);
  }),
  '/suggest/type': get((_, parameters, version) => {
    const asked = suggestionsOf(parameters, version);
    return callOf(({ language }) => ({ result: suggestTypes(asked, language) }));
  }),
  '/suggest/property': get((_, parameters, version) => {
    const asked = suggestionsOf(parameters, version);
    return callOf(({ language }) => ({ result: suggestProperties(asked, language) }));
  }),
  '/preview': get((_, { id = '' }) =>
    callOf(async context => new Page(previewPage(await entityById(context, id), context.language))),
  ),
  '/extend/propose': get((_, parameters, version) => {
    const type = typeOf(parameters);
    const limit = parameters.limit ? new Shape(version).positiveInteger(parameters.limit, 'limit') : undefined;
    return callOf(({ language }) => ({
      ...(type && { type }),
      ...(limit && { limit }),
      properties: readableProperties(type)
        .slice(0, limit)
        .map(property => propertyIn(property, language)),
    }));
  }),
};

/** The routes that only one version has. */
const ROUTES_BY_VERSION: Readonly<Record<ApiVersion, Readonly<Record<string, Route>>>> = {
  '0.2': {
    '/flyout/entity': get(
      flyout(async (context, id) => {
        const { name, type, description } = await entityById(context, id);
        return flyoutHtml(name, [typeIn(type, context.language).name, description].filter(Boolean).join(' · '));
      }),
    ),
    '/flyout/type': get(
      flyout(({ language }, id) => flyoutHtml(typesIn(language).find(type => type.id === id)?.name ?? id, id)),
    ),
    '/flyout/property': get(
      flyout(({ language }, id) => {
        const property = propertiesOf().find(candidate => candidate.id === id);
        return flyoutHtml(property ? propertyIn(property, language).name : id, id);
      }),
    ),
  },
  '1.0-draft': {
    '/match': post(async (request, _, version) =>
      matchCall(batchOf10(await readJsonBody(request), new Shape(version))),
    ),
    '/extend': post(async (request, _, version) => extendCall(await readJsonBody(request), version)),
  },
};

/** Returns the route at a path below an endpoint. */
export function routeAt(version: ApiVersion, path: string): Route | undefined {
  const own = ROUTES_BY_VERSION[version];
  return Object.hasOwn(ROUTES, path) ? ROUTES[path] : Object.hasOwn(own, path) ? own[path] : undefined;
}
