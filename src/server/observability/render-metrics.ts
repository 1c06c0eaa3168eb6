import type { Registry } from 'prom-client';
import { registers } from './metrics.js';

const [registry] = registers;

/** All metrics in the text format of Prometheus, with its media type. */
export interface RenderedMetrics {
  type: string;
  text: string;
}

export async function renderMetrics(): Promise<RenderedMetrics> {
  return { type: registry.contentType, text: await registry.metrics() };
}

/** The metrics of one process, which can be merged with those of others. */
export type ProcessMetrics = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

export async function readMetrics(): Promise<ProcessMetrics> {
  return registry.getMetricsAsJSON();
}
