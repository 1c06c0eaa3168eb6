import { expect } from 'vitest';

const TYPES = ['partnerships', 'authorities', 'programmes', 'exchanges', 'organisations'];

/** Expects a copy to have the records of the exports: the same bytes, and no record more. */
export async function expectSameAsExport(
  url: string,
  get: (type: string, key: string) => Promise<unknown>,
  count: (type: string) => Promise<number>,
): Promise<void> {
  for (const type of TYPES) {
    const text = await (await fetch(`${url}/export/${type}.ndjson`)).text();
    const ids = text
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line).id as string);
    const lines = await Promise.all(ids.map(async id => `${JSON.stringify(await get(type, id))}\n`));
    expect(lines.join(''), type).toBe(text);
    expect(await count(type), type).toBe(ids.length);
  }
}
