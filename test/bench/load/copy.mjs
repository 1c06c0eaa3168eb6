import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';

/** Characters of rows that travel at once. */
const CHUNK = 256 * 1024;
const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function field(value) {
  if (value === null || value === undefined) return '\\N';
  if (Array.isArray(value)) return field(`{${value.map(item => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
  if (typeof value === 'object') return field(JSON.stringify(value));
  if (typeof value === 'string') return SPECIAL.test(value) ? value.replace(SPECIAL, character => ESCAPES[character]) : value;
  return String(value);
}

/**
 * Writes rows into a table through COPY.
 *
 * @param rows Arrays of values in the order of the columns: null, text, numbers, booleans; arrays of text, and objects as JSON.
 * @param onProgress Called with how many rows were sent.
 */
export async function copyRows(client, table, columns, rows, onProgress = () => undefined) {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  const ended = new Promise((resolve, reject) => stream.once('finish', resolve).once('error', reject));
  ended.catch(() => undefined);
  let [chunk, done] = ['', 0];
  for (const row of rows) {
    chunk += `${row.map(field).join('\t')}\n`;
    done += 1;
    if (chunk.length < CHUNK) continue;
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), ended]);
    chunk = '';
    onProgress(done);
  }
  stream.end(chunk);
  await ended;
  onProgress(done);
}
