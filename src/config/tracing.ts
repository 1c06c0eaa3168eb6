import { z } from 'zod';

/** Encodings of spans for the collector. gRPC is none of them: its client would be a tenth of the packages. */
const PROTOCOLS = ['http/protobuf', 'http/json'] as const;

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** The export of spans. */
export interface Tracing {
  protocol: (typeof PROTOCOLS)[number];
  sampler: (typeof SAMPLERS)[number];
  /** The share of traces that a sampler by ratio takes, from 0 to 1. */
  ratio: number;
}

const endpoint = z.url({
  protocol: /^https?$/,
  error: 'is the address of a collector, such as http://127.0.0.1:4318',
});
const protocol = z.enum(PROTOCOLS, `is ${PROTOCOLS.join(' or ')}`);

const RATIO_RULE = 'is a number from 0 to 1';

/** The settings of OpenTelemetry that are checked at the start. Its packages read the others themselves. */
export const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol.default('http/protobuf'),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol.optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none'], 'is otlp or none').default('otlp'),
  OTEL_TRACES_SAMPLER: z.enum(SAMPLERS, `is one of ${SAMPLERS.join(', ')}`).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(?:0?\.\d+|[01](?:\.0*)?)$/, RATIO_RULE)
    .transform(Number)
    .optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
};

const settings = z.object(tracingSettings);

/** Returns how spans are exported; undefined without an endpoint, or if the settings disable it. */
export function tracingOf(values: z.output<typeof settings>): Tracing | undefined {
  const address = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? values.OTEL_EXPORTER_OTLP_ENDPOINT;
  const isDisabled = values.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || values.OTEL_TRACES_EXPORTER === 'none';
  if (address === undefined || isDisabled) return undefined;
  return {
    protocol: values.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? values.OTEL_EXPORTER_OTLP_PROTOCOL,
    sampler: values.OTEL_TRACES_SAMPLER,
    ratio: values.OTEL_TRACES_SAMPLER_ARG ?? 1,
  };
}
