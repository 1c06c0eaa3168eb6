import { createHash } from 'node:crypto';
import { archive } from './archive.js';
import { csvOf } from './csv.js';
import { atMoment } from './data-package.js';
import type { TableResource } from './descriptor.js';
import type { Format, List, Separator } from './format.js';
import { LICENCE_TEXT } from './licence-text.js';

/** Writes a list as CSV, and adds its hash, its bytes and its rows to its description when it ends. */
async function* described(list: List, separator: Separator | undefined, resource: TableResource) {
  const hash = createHash('sha256');
  let [bytes, rows] = [0, 0];
  async function* counted() {
    for await (const page of list.pages) {
      rows += page.length;
      yield page;
    }
  }
  for await (const chunk of csvOf({ ...list, pages: counted() }, separator)) {
    hash.update(chunk);
    bytes += Buffer.byteLength(chunk);
    yield chunk;
  }
  resource.hash = `sha256:${hash.digest('hex')}`;
  resource.bytes = bytes;
  resource.rowCount = rows;
}

/** Writes all lists as CSV, the licence, and last the description of them, which states the hash of each file. */
export const zip: Format = {
  extension: 'zip',
  mediaType: 'application/zip',
  isFlat: true,
  isTabular: true,
  isCompressed: true,
  async *write({ others, separator, position, descriptor, ...first }) {
    if (!descriptor) throw new Error('An archive needs a descriptor.');
    const base = descriptor;
    const resources = base.resources.map(resource => ({ ...resource }));
    const files = [first, ...others].map(list => {
      const path = `${list.name}.csv`;
      const resource = resources.find(candidate => candidate.path === path);
      if (!resource) throw new Error(`The descriptor has no ${path}.`);
      return { path, content: described(list, separator, resource) };
    });
    async function* description() {
      yield `${JSON.stringify(atMoment(base, position, resources), undefined, 2)}\n`;
    }
    const parts = [
      { path: 'LICENCE.txt', content: LICENCE_TEXT },
      ...files,
      { path: 'datapackage.json', content: description() },
    ];
    yield* archive(parts, position.recordedAt);
  },
};
