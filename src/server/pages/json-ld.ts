import { CITED_LICENCE, REGISTER_NAME } from '../../cite/citation.js';
import { type AnswerObject, isObject } from './answer-shape.js';
import { type Reader, recordPath } from './reader.js';
import { type RecordAnswer, sourcesOf } from './record-evidence.js';

const CONTEXT = {
  '@vocab': 'https://schema.org/',
  org: 'http://www.w3.org/ns/org#',
  prov: 'http://www.w3.org/ns/prov#',
  dcterms: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const TYPES: Readonly<Record<string, readonly string[]>> = {
  Authority: ['GovernmentOrganization', 'org:FormalOrganization', 'prov:Entity'],
  Organisation: ['Organization', 'org:Organization', 'prov:Entity'],
  Partnership: ['Organization', 'org:OrganizationalCollaboration', 'prov:Entity'],
  Programme: ['Project', 'org:OrganizationalCollaboration', 'prov:Entity'],
  Exchange: ['Event', 'prov:Entity'],
};

const XSD = ['xsd:gYear', 'xsd:gYearMonth', 'xsd:date'];

/** Converts a partial date to a literal of its precision. */
const dateLiteral = (date: unknown) =>
  typeof date === 'string' ? { '@type': XSD[date.split('-').length - 1], '@value': date } : undefined;

const LANG = { nl: 'nl', en: 'en', zh: 'zh-Hans', pinyin: 'zh-Latn' } as const;

const names = (value: unknown) =>
  isObject(value)
    ? Object.entries(LANG).flatMap(([key, language]) =>
        typeof value[key] === 'string' ? [{ '@language': language, '@value': value[key] }] : [],
      )
    : [];

/** Removes what has no value: null, undefined, empty lists. */
const compact = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && !value.length),
    ),
  );

/** Describes a record as linked data: schema.org, the Organization Ontology and PROV, with the sources it is derived from. */
export function jsonLd(reader: Reader, answer: RecordAnswer): Record<string, unknown> {
  const { record } = answer;
  const { origin, knownAt } = reader;
  const iri = (id: unknown) => (typeof id === 'string' ? { '@id': origin + recordPath(id) } : undefined);
  const iriOf = (value: unknown) => (isObject(value) ? iri(value._id ?? value.id) : undefined);
  const iris = (connection: unknown) =>
    isObject(connection) ? ((connection.nodes ?? []) as AnswerObject[]).map(iriOf) : [];
  const type = String(record.__typename).replace(/^(?:Dutch|Chinese)/, '');
  const code = record.cbsCode ?? record.gbCode;
  const location = isObject(record.location) ? record.location : undefined;
  const sides = [iriOf(record.dutch), iriOf(record.chinese)].filter(Boolean);
  const isTie = type === 'Partnership';
  const named = names(record.names ?? record.titles);
  const subject = compact({
    ...iri(record.id),
    '@type': TYPES[type],
    name: named.length ? named : record.label,
    alternateName: isObject(record.names) ? record.names.aliases : undefined,
    identifier: [
      record.id,
      ...(code ? [{ '@type': 'PropertyValue', propertyID: record.cbsCode ? 'CBS' : 'GB/T 2260', value: code }] : []),
      ...(record.iatiId ? [{ '@type': 'PropertyValue', propertyID: 'IATI', value: record.iatiId }] : []),
    ],
    sameAs: record.wikidataId ? `http://www.wikidata.org/entity/${record.wikidataId}` : undefined,
    url: record.website,
    description: record.description,
    geo: location && { '@type': 'GeoCoordinates', latitude: location.latitude, longitude: location.longitude },
    parentOrganization: iriOf(record.parent),
    'org:subOrganizationOf': iriOf(record.parent),
    'dcterms:isReplacedBy': iriOf(record.succeededBy),
    'dcterms:replaces': iris(record.predecessors),
    dissolutionDate: dateLiteral(record.dissolvedOn ?? (type === 'Exchange' ? undefined : record.endedOn)),
    foundingDate: type === 'Exchange' ? undefined : dateLiteral(record.startedOn),
    startDate: type === 'Exchange' ? dateLiteral(record.startedOn) : undefined,
    endDate: type === 'Exchange' ? dateLiteral(record.endedOn) : undefined,
    organizer: type === 'Exchange' ? sides : undefined,
    member: isTie ? sides : [...iris(record.organisations), ...iris(record.authorities)],
    'org:hasMember': isTie ? sides : [...iris(record.organisations), ...iris(record.authorities)],
    'dcterms:isPartOf': [iriOf(record.partnership), iriOf(record.programme), iriOf(record.nestedIn)].filter(Boolean),
    'dcterms:relation': [...iris(record.partnerships), ...iris(record.exchanges), ...iris(record.programmes)],
    'prov:wasDerivedFrom': sourcesOf(answer).map(({ source }) =>
      compact({
        '@type': ['CreativeWork', 'prov:Entity'],
        ...(source.url ? { '@id': source.url } : {}),
        name: source.title,
        publisher: { '@type': 'Organization', name: source.publisher },
        datePublished: dateLiteral(source.publishedOn),
      }),
    ),
    'prov:generatedAtTime': instant(record.createdAt),
    dateModified: instant(record.updatedAt),
    version: record.version,
    license: CITED_LICENCE.url,
    isPartOf: { '@type': 'Dataset', '@id': `${origin}/questions`, name: REGISTER_NAME, license: CITED_LICENCE.url },
    'dcterms:hasVersion': knownAt?.cursor,
  });
  return { '@context': CONTEXT, ...subject };
}

const instant = (value: unknown) =>
  value === undefined || value === null
    ? undefined
    : { '@type': 'xsd:dateTime', '@value': value instanceof Date ? value.toISOString() : value };
