import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';

/** A span, as the OpenTelemetry protocol has it in JSON. */
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status: { code?: number };
  attributes: { key: string; value: Json }[];
}

const spans: Span[] = [];
let resource: Json;
let receiver: Server;
let server: Built;
beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    expect(request.url).toBe('/v1/traces');
    const { resourceSpans } = JSON.parse(await text(request));
    for (const resourceSpan of resourceSpans) {
      resource = resourceSpan.resource;
      for (const { spans: some } of resourceSpan.scopeSpans) spans.push(...some);
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  server = await startBuilt(await copyOnPostgreSql(), '0', [], {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '50',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  });
});
afterAll(() => {
  server?.child.kill('SIGKILL');
  receiver?.close();
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

async function ask(query: string, headers: Record<string, string> = {}): Promise<void> {
  await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
}

const at = (nanoseconds: string) => Number(nanoseconds) / 1e6;
const attributesOf = ({ attributes }: Span) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

test('a request, its batches and their statements come as spans, each within the one that it belongs to', async () => {
  const query =
    'query Ties($two: Int = 2) { partnerships(first: 3) { nodes { id exchanges(first: $two) { nodes { id } } programmes(first: $two) { nodes { id } } } } }';
  await ask(query, { traceparent: `00-${TRACE}-${PARENT}-01` });
  const ours = () => spans.filter(({ traceId }) => traceId === TRACE);
  await until('the request’s span came', () => ours().some(({ name }) => name === 'query Ties'));

  const [root, ...more] = ours().filter(({ parentSpanId }) => parentSpanId === PARENT) as [Span, ...Span[]];
  expect(more).toEqual([]);
  expect([root.name, root.kind]).toEqual(['query Ties', 2]);
  expect(attributesOf(root)).toMatchObject({
    'graphql.operation.name': 'Ties',
    'graphql.operation.type': 'query',
    'stedenband.statements': expect.any(Number),
  });
  const children = (parent: Span, name: string) =>
    ours().filter(span => span.parentSpanId === parent.spanId && span.name === name);
  const batches = children(root, 'batch').toSorted((a, b) => (a.startTimeUnixNano < b.startTimeUnixNano ? -1 : 1));
  // The list itself is a statement of the request; then the lists of each tie, a batch a kind.
  const [list] = children(root, 'SELECT') as [Span];
  expect(attributesOf(list)['db.query.text']).toMatch(/from "?partnership/i);
  expect(batches.length).toBeGreaterThanOrEqual(2);
  for (const batch of batches) {
    expect(attributesOf(batch)['stedenband.keys']).toBeGreaterThan(0);
    const [statement] = children(batch, 'SELECT') as [Span];
    expect([statement.kind, attributesOf(statement)['db.system.name']]).toEqual([3, 'postgresql']);
    expect(attributesOf(statement)['db.query.text']).toMatch(/from "?(?:exchange|programme)/i);
    // Inside, in time as well, to the millisecond to which the SDK knows it.
    expect(at(statement.startTimeUnixNano)).toBeGreaterThanOrEqual(at(batch.startTimeUnixNano) - 2);
    expect(at(statement.endTimeUnixNano)).toBeLessThanOrEqual(at(batch.endTimeUnixNano) + 2);
    expect(at(batch.endTimeUnixNano)).toBeLessThanOrEqual(at(root.endTimeUnixNano) + 2);
  }
  // The resource is what the standard settings say.
  const told = Object.fromEntries(resource.attributes.map(({ key, value }: Json) => [key, value.stringValue]));
  expect(told).toMatchObject({ 'service.name': 'stedenband', 'deployment.environment.name': 'test' });
});

test('a request that fails is told as one, and no span holds a value of a client', async () => {
  await ask('query Wrong { partnership(id: "tie-whose-name-is-secret") { id } nothing }');
  await ask('query Right { partnership(id: "tie-whose-name-is-secret") { id } }');
  await until('both came', () => ['graphql', 'query Right'].every(name => spans.some(span => span.name === name)));
  const wrong = spans.find(({ name }) => name === 'graphql') as Span;
  expect([wrong.status.code, wrong.parentSpanId || undefined]).toEqual([2, undefined]);
  expect(JSON.stringify(spans)).not.toContain('whose-name-is-secret');
});

test('what is left is sent before the process ends', async () => {
  const before = spans.length;
  await ask('query Last { latestChangeCursor }');
  expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(spans.slice(before).map(({ name }) => name)).toContain('query Last');
});

test.each([
  ['always_on', ['application/x-protobuf']],
  ['always_off', []],
])('by default spans are sent as Protobuf, and the sampler %s is respected', async (sampler, expected) => {
  const types: (string | undefined)[] = [];
  const collector = createServer((request, response) => {
    types.push(request.headers['content-type']);
    request.resume().on('end', () => response.end());
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const alone = await startBuilt(await copyOnPostgreSql(), '0', [], {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_TRACES_SAMPLER: sampler,
    // The spans are sent once, at the end.
    OTEL_BSP_SCHEDULE_DELAY: '600000',
  });
  const answer = await fetch(`${alone.url}/graphql?query={latestChangeCursor}`, {
    headers: { 'apollo-require-preflight': '1' },
  });
  expect(answer.status).toBe(200);
  expect(await alone.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(types).toEqual(expected);
  collector.close();
});

test.each(['away', 'silent'])('a collector that is %s costs spans, and nothing else', async kind => {
  const silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  if (kind === 'away') silent.close();
  const alone = await startBuilt(await copyOnPostgreSql(), '0', [], {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_BSP_SCHEDULE_DELAY: '50',
  });
  const answer = await fetch(`${alone.url}/graphql?query={latestChangeCursor}`, {
    headers: { 'apollo-require-preflight': '1' },
  });
  expect(answer.status).toBe(200);
  expect(await alone.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  silent.close();
});
