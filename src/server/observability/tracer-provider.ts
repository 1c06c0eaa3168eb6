import { getNumberFromEnv } from '@opentelemetry/core';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  osDetector,
  processDetector,
  type Resource,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Tracing } from '../../config/tracing.js';

/** The attributes of this process, and those of `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME`. */
function resource(): Resource {
  const detectors = [serviceInstanceIdDetector, processDetector, hostDetector, osDetector, envDetector];
  return defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'stedenband' }))
    .merge(detectResources({ detectors }));
}

function samplerOf({ sampler, ratio }: Tracing): Sampler {
  const root = sampler.endsWith('always_on')
    ? new AlwaysOnSampler()
    : sampler.endsWith('always_off')
      ? new AlwaysOffSampler()
      : new TraceIdRatioBasedSampler(ratio);
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

/** Returns a positive number of the environment, as the SDK reads it. */
function positive(name: string): number | undefined {
  const value = getNumberFromEnv(name);
  return value !== undefined && value > 0 ? value : undefined;
}

/**
 * Creates the provider of spans from its parts. `@opentelemetry/sdk-node` would do the same from the environment alone,
 * and brings the exporters of all protocols, of metrics and of logs: 30 MB.
 */
export function createTracerProvider(tracing: Tracing): TracerProvider {
  const limits = {
    maxQueueSize: positive('OTEL_BSP_MAX_QUEUE_SIZE'),
    scheduledDelayMillis: positive('OTEL_BSP_SCHEDULE_DELAY'),
    exportTimeoutMillis: positive('OTEL_BSP_EXPORT_TIMEOUT'),
    maxExportBatchSize: positive('OTEL_BSP_MAX_EXPORT_BATCH_SIZE'),
  };
  const options = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  // The exporters read address, headers, certificates, compression and time-out from the environment.
  const exporter = tracing.protocol === 'http/json' ? new JsonExporter() : new ProtobufExporter();
  return new TracerProvider({
    sampler: samplerOf(tracing),
    resource: resource(),
    spanProcessors: [new BatchSpanProcessor({ exporter, ...options })],
  });
}
