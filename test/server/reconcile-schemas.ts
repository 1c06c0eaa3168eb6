/**
 * The shapes of responses that the Reconciliation Service API requires, 0.2 and 1.0-draft, as JSON Schemas of our own: narrower
 * than those of the specification, since a member that it does not know is a mistake here.
 */
const string = { type: 'string', minLength: 1 };
const strict = (properties: Record<string, unknown>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const listOf = (items: unknown) => ({ type: 'array', items });
const named = strict({ id: string, name: string });
const type = strict({ id: string, name: string, broader: listOf(named) }, ['id', 'name']);
const described = { id: string, name: string, description: { type: 'string' } };

const candidate = (feature: unknown) =>
  strict({
    ...described,
    type: { ...listOf(named), minItems: 1, maxItems: 1 },
    score: { type: 'number', minimum: 0, maximum: 100 },
    match: { type: 'boolean' },
    features: listOf(feature),
  });
const value = { type: 'number', minimum: 0, maximum: 1 };

const service = strict({
  service_url: { type: 'string', pattern: '^http' },
  service_path: { type: 'string', pattern: '^/' },
  flyout_service_url: { type: 'string', pattern: '^http' },
  flyout_service_path: { type: 'string', pattern: '^/.*\\$\\{id\\}' },
});
const size = { width: { type: 'integer' }, height: { type: 'integer' } };
const extensionValue = {
  oneOf: [
    named,
    strict({ str: { type: 'string' } }),
    strict({ int: { type: 'integer' } }),
    strict({ float: { type: 'number' } }),
  ],
};
const meta = listOf(strict({ id: string, name: string, type: named }, ['id', 'name']));
const common = {
  name: string,
  defaultTypes: { ...listOf(type), uniqueItems: true },
  batchSize: { type: 'integer', minimum: 1 },
};

export const SCHEMAS = {
  manifest02: strict({
    ...common,
    versions: { const: ['0.2'] },
    identifierSpace: string,
    schemaSpace: string,
    view: strict({ url: { type: 'string', pattern: '^http.*\\{\\{id\\}\\}' } }),
    preview: strict({ url: { type: 'string', pattern: '^http.*\\{\\{id\\}\\}' }, ...size }),
    suggest: strict({ entity: service, property: service, type: service }),
    extend: strict({
      propose_properties: strict({ service_url: string, service_path: string }),
      property_settings: { ...listOf({}), maxItems: 0 },
    }),
  }),
  manifest10: strict({
    ...common,
    versions: { const: ['1.0-draft'] },
    lang: { enum: ['en', 'nl', 'zh'] },
    standardizedScore: { const: true },
    view: strict({ url: { type: 'string', pattern: '^http.*[^{]\\{id\\}$' } }),
    preview: strict(size),
    suggest: strict({ entity: { const: true }, property: { const: true }, type: { const: true } }),
    extend: strict({ proposeProperties: { const: true } }),
  }),
  results02: {
    type: 'object',
    additionalProperties: strict({ result: listOf(candidate(strict({ id: string, value }))) }),
  },
  results10: strict({
    results: listOf(strict({ candidates: listOf(candidate(strict({ id: string, name: string, value }))) })),
  }),
  suggestedEntities: strict({ result: listOf(strict({ ...described, notable: { ...listOf(named), minItems: 1 } })) }),
  suggestedTypes: strict({ result: listOf(type) }),
  suggestedProperties: strict({ result: listOf(named) }),
  proposal: strict({ type: string, limit: { type: 'integer' }, properties: listOf(named) }, ['properties']),
  extension02: strict({
    meta,
    rows: { type: 'object', additionalProperties: { type: 'object', additionalProperties: listOf(extensionValue) } },
  }),
  extension10: strict({
    meta,
    rows: listOf(strict({ id: string, properties: listOf(strict({ id: string, values: listOf(extensionValue) })) })),
  }),
  flyout: strict({ id: string, html: string }),
};
