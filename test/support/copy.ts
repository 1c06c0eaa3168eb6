import { expect } from 'vitest';
import type { CopyStore } from '../../src/client/index.js';
import { TYPES } from './stream-state.js';

/** Expects a copy to have the records of the exports: the same bytes, and no record more. */
export async function expectSameAsExport(url: string, store: Pick<CopyStore, 'get' | 'list'>): Promise<void> {
  for (const type of TYPES) {
    const text = await (await fetch(`${url}/export/${type}.ndjson`)).text();
    const ids = text
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line).id as string);
    const lines = await Promise.all(ids.map(async id => `${JSON.stringify(await store.get(type, id))}\n`));
    expect(lines.join(''), type).toBe(text);
    expect(await store.list(type), type).toHaveLength(ids.length);
  }
}
