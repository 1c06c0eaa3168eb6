import { type ChangeEvent, MaterializedState } from '@durable-streams/state';
import { expect } from 'vitest';
import { tables } from '../../src/export-tables.js';
import type { Json } from './calls.js';

/** The exports whose lines the feed has. */
export const TYPES = tables.map(({ name }) => name);

/** One answer of the feed. */
export interface FeedAnswer {
  status: number;
  headers: Headers;
  messages: Json[];
  next: string;
  isUpToDate: boolean;
}

/** Asks for a page of the feed. */
export async function readFeed(
  url: string,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<FeedAnswer> {
  const response = await fetch(`${url}/feed?${new URLSearchParams(parameters)}`, { headers });
  const text = await response.text();
  if (response.status >= 400) throw new Error(`${response.status} ${text}`);
  return {
    status: response.status,
    headers: response.headers,
    messages: text === '' ? [] : JSON.parse(text),
    next: response.headers.get('stream-next-offset') as string,
    isUpToDate: response.headers.get('stream-up-to-date') === 'true',
  };
}

/** Reads pages after an offset up to the end, applies them, and returns the offset there. */
export async function catchUp(url: string, state: MaterializedState, offset: string): Promise<string> {
  for (let at = offset; ; ) {
    const { messages, next, isUpToDate } = await readFeed(url, { offset: at });
    state.applyBatch(messages as ChangeEvent[]);
    at = next;
    if (isUpToDate) return at;
  }
}

/** Loads the snapshot, applies it, and returns the offset at which the feed continues. */
export async function loadSnapshot(url: string, state: MaterializedState): Promise<string> {
  const response = await fetch(`${url}/feed?offset=snapshot`);
  const lines = (await response.text())
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  const [start, end] = [lines.shift(), lines.pop()];
  expect(start.headers).toEqual({ control: 'snapshot-start', offset: response.headers.get('register-cursor') });
  expect(end.headers).toEqual({ ...start.headers, control: 'snapshot-end' });
  state.applyBatch(lines);
  return end.headers.offset;
}

/** The records of an export by their ids, as the register has them. */
export async function exported(url: string, type: string, search = ''): Promise<Map<string, Json>> {
  const response = await fetch(`${url}/export/${type}.ndjson${search}`);
  if (!response.ok) throw new Error(await response.text());
  const lines = (await response.text()).split('\n').filter(Boolean);
  return new Map(lines.map(line => JSON.parse(line)).map(record => [record.id, record]));
}

/** Compares a state with the exports: the same records, and the same text of each. */
export async function expectExports(url: string, state: MaterializedState, search = ''): Promise<void> {
  for (const type of TYPES) expectRecords(type, state, await exported(url, type, search));
}

/** Compares a state with a new snapshot: one file, where `expectExports` reads five. */
export async function expectSnapshot(url: string, state: MaterializedState): Promise<void> {
  const loaded = new MaterializedState();
  await loadSnapshot(url, loaded);
  for (const type of TYPES) expectRecords(type, state, loaded.getType(type));
}

function expectRecords(type: string, state: MaterializedState, records: ReadonlyMap<string, unknown>): void {
  const held = state.getType(type);
  expect([type, [...held.keys()].toSorted()]).toEqual([type, [...records.keys()].toSorted()]);
  for (const [id, record] of records) expect(JSON.stringify(held.get(id))).toBe(JSON.stringify(record));
}
