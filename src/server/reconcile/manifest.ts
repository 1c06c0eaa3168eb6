import type { CallContext } from './call.js';
import { PREVIEW_SIZE } from './preview.js';
import { type ApiVersion, MAX_BATCH } from './request.js';
import { type Labels, typesIn } from './types.js';

const NAME: Labels = {
  en: 'Register of ties between Dutch and Chinese governments',
  nl: 'Register van banden tussen Nederlandse en Chinese overheden',
  zh: '荷中地方政府友好关系登记册',
};

/** The paths below the endpoint of each version. */
export const ENDPOINTS: Readonly<Record<ApiVersion, string>> = {
  '0.2': '/reconcile',
  '1.0-draft': '/reconcile/1.0-draft',
};

/**
 * Returns the manifest of a version. Each version has an endpoint of its own, because their manifests contradict each other:
 * `suggest.entity` is an object in one and true in the other. The pages of records are of the moment of the manifest.
 */
export function manifest(
  version: ApiVersion,
  { origin, language, knownAt }: Pick<CallContext, 'origin' | 'language' | 'knownAt'>,
): unknown {
  const base = `${origin}${ENDPOINTS[version]}`;
  const moment = knownAt === undefined ? '' : `knownAt=${encodeURIComponent(knownAt)}&`;
  const pageOf = (id: string) => `${base}/preview?${moment}id=${id}`;
  const types = typesIn(language);
  const common = { versions: [version], name: NAME[language], defaultTypes: types, batchSize: MAX_BATCH };
  if (version === '1.0-draft') {
    return {
      ...common,
      lang: language,
      standardizedScore: true,
      view: { url: pageOf('{id}') },
      preview: PREVIEW_SIZE,
      suggest: { entity: true, property: true, type: true },
      extend: { proposeProperties: true },
    };
  }
  const suggestion = (of: string) => ({
    service_url: base,
    service_path: `/suggest/${of}`,
    flyout_service_url: base,
    flyout_service_path: `/flyout/${of}?${moment}id=\${id}`,
  });
  return {
    ...common,
    identifierSpace: `${base}/preview?id=`,
    schemaSpace: `${origin}/schema.graphql`,
    view: { url: pageOf('{{id}}') },
    preview: { url: pageOf('{{id}}'), ...PREVIEW_SIZE },
    suggest: { entity: suggestion('entity'), property: suggestion('property'), type: suggestion('type') },
    extend: { propose_properties: { service_url: base, service_path: '/extend/propose' }, property_settings: [] },
  };
}
