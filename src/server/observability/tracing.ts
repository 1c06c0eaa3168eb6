import { AsyncLocalStorage } from 'node:async_hooks';
import type { Channel, TracingChannel } from 'node:diagnostics_channel';
import { setTimeout } from 'node:timers/promises';
import {
  type Attributes,
  type Context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Tracing } from '../../config/tracing.js';
import { batchChannel, queryChannel } from '../../graph/sql/diagnostics.js';
import { operationChannel } from './operation-context.js';
import type { OperationRecord } from './operation-record.js';
import { createTracerProvider } from './tracer-provider.js';

/** Limits the export of the remaining spans. The exporter tries for 10 s, the process must exit sooner. */
const SHUTDOWN_TIMEOUT_MS = 3_000;

/** The parent of the next span. */
const current = new AsyncLocalStorage<Context>();

/**
 * Exports a span for each operation, for each batch of its loaders, and for each SQL statement of a batch. Import this
 * module only if spans are exported: loading the SDK takes time at the start.
 *
 * @returns The function that exports the remaining spans and shuts the SDK down.
 */
export async function startTracing(tracing: Tracing): Promise<() => Promise<void>> {
  const provider = createTracerProvider(tracing);
  const tracer = provider.getTracer('stedenband');
  const propagator = new W3CTraceContextPropagator();

  const exportChannelAsSpans = <Payload extends object>(
    channel: TracingChannel<string, Payload>,
    kind: SpanKind,
    describe: (payload: Payload) => { name: string; attributes: Attributes; parent?: Context },
    finish: (span: Span, payload: Payload) => void = () => undefined,
  ) => {
    const spans = new WeakMap<object, Span>();
    // The types of Node.js declare the store of a channel as its key, a string.
    const start = channel.start as unknown as Channel<Context, Payload>;
    start.bindStore(current, payload => {
      const { name, attributes, parent = current.getStore() ?? ROOT_CONTEXT } = describe(payload);
      const span = tracer.startSpan(name, { kind, attributes }, parent);
      spans.set(payload, span);
      return trace.setSpan(parent, span);
    });
    const end = (message: unknown) => {
      const payload = message as Payload & { error?: unknown };
      const span = spans.get(payload);
      if (!span) return;
      if (payload.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      finish(span, payload);
      span.end();
    };
    channel.subscribe({ start() {}, end() {}, asyncStart() {}, asyncEnd: end, error() {} });
  };

  exportChannelAsSpans(
    operationChannel,
    SpanKind.SERVER,
    ({ transport, traceparent }) => ({
      name: 'graphql',
      attributes: { 'stedenband.transport': transport },
      parent: propagator.extract(ROOT_CONTEXT, traceparent === undefined ? {} : { traceparent }, defaultTextMapGetter),
    }),
    finishOperation,
  );
  exportChannelAsSpans(batchChannel, SpanKind.INTERNAL, ({ keys }) => ({
    name: 'batch',
    attributes: { 'stedenband.keys': keys },
  }));
  exportChannelAsSpans(queryChannel, SpanKind.CLIENT, ({ text }) => ({
    name: /\b(?:select|insert|update|delete)\b/i.exec(text)?.[0].toUpperCase() ?? 'SQL',
    attributes: { 'db.system.name': 'postgresql', 'db.query.text': text },
  }));
  // Spans that the collector does not accept are lost; that must not fail the shutdown.
  return () => Promise.race([provider.shutdown().catch(() => undefined), setTimeout(SHUTDOWN_TIMEOUT_MS)]);
}

/** Names the span of a finished operation, and sets the attributes that are known only then. */
function finishOperation(span: Span, { type, operationName, key, codes, statements, cost }: OperationRecord): void {
  if (type) span.updateName(operationName ? `${type} ${operationName}` : type);
  span.setAttributes({
    ...(type && { 'graphql.operation.type': type }),
    ...(operationName && { 'graphql.operation.name': operationName }),
    ...(key && { 'stedenband.key': key }),
    ...(cost !== undefined && { 'stedenband.cost': cost }),
    'stedenband.statements': statements,
  });
  if (codes.length) {
    span.setAttribute('stedenband.codes', codes);
    span.setStatus({ code: SpanStatusCode.ERROR, message: codes.join(', ') });
  }
}
