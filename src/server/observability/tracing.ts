import { AsyncLocalStorage } from 'node:async_hooks';
import type { Channel, TracingChannel } from 'node:diagnostics_channel';
import {
  type Attributes,
  type Context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { batchChannel, queryChannel } from '../../graph/sql/diagnostics.js';
import { operationChannel } from './operation-context.js';
import type { OperationRecord } from './operation-record.js';

/** The span that whatever begins now belongs to. */
const current = new AsyncLocalStorage<Context>();

/**
 * Makes spans of operations, of the batches of their loaders, and of the statements that these send, and exports them as
 * the `OTEL_*` settings say, which the SDK reads itself. This module is loaded only when it is wanted: it costs a third
 * of a second of the start.
 *
 * @returns The function that sends what is left and ends it.
 */
export async function startTracing(): Promise<() => Promise<void>> {
  const sdk = new NodeSDK({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': 'stedenband' })),
    // Metrics are at /metrics, and logs on standard error.
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  const tracer = trace.getTracer('stedenband');

  const exportChannelAsSpans = <Payload extends object>(
    channel: TracingChannel<string, Payload>,
    kind: SpanKind,
    begin: (about: Payload) => { name: string; attributes: Attributes; parent?: Context },
    finish: (span: Span, about: Payload) => void = () => undefined,
  ) => {
    const open = new WeakMap<object, Span>();
    // Node's types have a string where any store goes.
    const start = channel.start as unknown as Channel<Context, Payload>;
    start.bindStore(current, about => {
      const { name, attributes, parent = current.getStore() ?? ROOT_CONTEXT } = begin(about);
      const span = tracer.startSpan(name, { kind, attributes }, parent);
      open.set(about, span);
      return trace.setSpan(parent, span);
    });
    const end = (message: unknown) => {
      const about = message as Payload & { error?: unknown };
      const span = open.get(about);
      if (!span) return;
      if (about.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      finish(span, about);
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
      parent: propagation.extract(ROOT_CONTEXT, traceparent === undefined ? {} : { traceparent }),
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
  // What nobody takes at the end is lost, and no reason to fail.
  return () => sdk.shutdown().catch(() => undefined);
}

/** What is known of an operation when it is answered. */
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
