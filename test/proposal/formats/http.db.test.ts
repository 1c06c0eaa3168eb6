import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { AccessKey, newKey } from '../../../src/access/key.js';
import type { Database } from '../../../src/database/open.js';
import { sheetEnd, sheetRow, sheetStart } from '../../../src/export/xlsx-parts.js';
import { type RunningServer, serve } from '../../../src/server/serve.js';
import { fingerprint, type Json } from '../../support/calls.js';
import { openTestDatabase } from '../../support/database.js';
import { KEY } from '../../support/feed.js';
import { WITHOUT_COST } from '../../support/protection.js';
import { bombOf, relationsTo, workbookOf, zipOf } from '../../support/workbooks.js';

vi.setConfig({ testTimeout: 60_000 });

let database: Database;
let server: RunningServer;
beforeAll(async () => {
  database = await openTestDatabase();
  server = await serve(database, '127.0.0.1', 0, console.error, {
    protection: WITHOUT_COST,
    access: { adminKey: KEY },
  });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function send(
  parameters: Record<string, string>,
  body: string | Buffer | ReadableStream,
  headers: Record<string, string> = { authorization: `Bearer ${KEY}` },
): Promise<{ status: number; json: Json }> {
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  const response = await fetch(`${server.url}/proposals?${new URLSearchParams(parameters)}`, init);
  return { status: response.status, json: await response.json() };
}

const CSV = { format: 'csv', concept: 'partnership', policy: 'upsert' };
const LIST = [
  'id;dutch.id;chinese.id;kind;notes',
  'tie-den-haag-qingdao;nl-den-haag;cn-qingdao;FRIENDSHIP;Van een lijst',
  'tie-groningen-tianjin;nl-delft;cn-tianjin;FRIENDSHIP;',
  ';nl-delft;cn-suzhou;FRIENDSHIP;',
  'tie-nowhere;;;;x',
].join('\r\n');

describe('POST /proposals', () => {
  test('stores the rows of a file, and reports those that a person must look at', async () => {
    const source = { title: 'Lijst', publisher: 'Gemeente Test', url: 'https://example.org/lijst' };
    const { status, json } = await send({ ...CSV, ...source, message: 'Uit de lijst' }, LIST);
    expect(json.errors).toBeUndefined();
    expect(status).toBe(200);
    expect(json.counts).toMatchObject({ total: 4, create: 1, revise: 1, refused: 2 });
    expect(json.items).toMatchObject([
      {
        place: 'row 3',
        verdict: 'REFUSED',
        problems: [{ rule: 'ROW_COLUMN_READ_ONLY', path: ['values', 'dutch.id'] }],
      },
      { place: 'row 5', verdict: 'REFUSED', problems: [{ rule: 'RECORD_MISSING', message: expect.any(String) }] },
    ]);
    const query = `{ proposal(id: "${json.id}") { origin message source { title url } proposer items { totalCount } } }`;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await response.json()).toMatchObject({
      data: {
        proposal: {
          origin: 'FILE',
          message: 'Uit de lijst',
          source: { title: 'Lijst', url: 'https://example.org/lijst' },
          items: { totalCount: 4 },
        },
      },
    });
  });

  test('writes nothing in a dry run', async () => {
    const before = await fingerprint(database);
    const { json } = await send({ ...CSV, dryRun: 'true' }, LIST);
    expect(json).toMatchObject({ id: null, counts: { total: 4 } });
    expect(await fingerprint(database)).toEqual(before);
  });

  test('needs a key with the scope', async () => {
    expect(await send(CSV, LIST, {})).toMatchObject({
      status: 401,
      json: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    const { id, hash, text } = newKey();
    const key = { id, name: 'museum', hash, scopes: ['exchange:write' as const], expiresAt: null, revokedAt: null };
    await database.em.fork().insert(AccessKey, key);
    expect(await send(CSV, LIST, { authorization: `Bearer ${text}` })).toMatchObject({
      status: 403,
      json: { errors: [{ extensions: { code: 'FORBIDDEN', rule: 'SCOPE_MISSING' } }] },
    });
    const foreign = { authorization: `Bearer ${KEY}`, origin: 'https://elsewhere.example' };
    expect(await send(CSV, LIST, foreign)).toMatchObject({ status: 403 });
  });

  test.each([
    [{ ...CSV, format: 'ods' }, 'FILE_PARAMETER'],
    [{ ...CSV, concept: 'person' }, 'FILE_PARAMETER'],
    [{ ...CSV, policy: 'delete' }, 'FILE_PARAMETER'],
    [{ ...CSV, polcy: 'upsert' }, 'FILE_PARAMETER'],
    [{ format: 'csv' }, 'FILE_PARAMETER'],
    [{ ...CSV, title: 'Without a publisher' }, 'TEXT_EMPTY'],
    [{ ...CSV, title: 'x', publisher: 'y', url: 'javascript:alert(1)' }, 'URL_FORM'],
    [{ ...CSV, basis: 'x' }, 'CHANGE_CURSOR_UNKNOWN'],
    [{ ...CSV, basis: '0000000001-0123456789abcdef' }, 'CHANGE_NOT_IN_LOG'],
  ])('refuses the parameters %j', async (parameters, rule) => {
    const { status, json } = await send(parameters as Record<string, string>, LIST);
    expect([status, json.errors[0].extensions.rule]).toEqual([400, rule]);
  });

  test('refuses a parameter that occurs twice: a dry run would be none', async () => {
    const response = await fetch(`${server.url}/proposals?${new URLSearchParams(CSV)}&dryRun=true&dryRun=false`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}` },
      body: LIST,
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ message: 'dryRun occurs twice; send it once.' }] },
    ]);
  });

  test('reads two files at once, and refuses further ones for the time being', async () => {
    const held: ReadableStreamDefaultController[] = [];
    const hold = () =>
      new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from('id\n'));
          held.push(controller);
        },
      });
    const answers = [send(CSV, hold()), send(CSV, hold())];
    // The third is one that has no rows, once there is a place for it.
    await vi.waitFor(async () => {
      const { status, json } = await send(CSV, 'id\n');
      expect([status, json.errors[0].extensions.rule]).toEqual([503, 'FILES_BUSY']);
    });
    for (const controller of held) controller.close();
    for (const { status } of await Promise.all(answers)) expect(status).toBe(400);
    expect(await send(CSV, 'id\n')).toMatchObject({ status: 400 });
  });

  test('is counted among the operations', async () => {
    const count = async () => {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      return Number(/transport="proposal",type="none",status="400"\} (\d+)/.exec(metrics)?.[1] ?? 0);
    };
    const before = await count();
    await send(CSV, 'id\n');
    await vi.waitFor(async () => expect(await count()).toBe(before + 1));
  });

  test('refuses a compressed body and another method', async () => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-encoding': 'gzip' };
    expect(await send(CSV, LIST, headers)).toMatchObject({
      status: 415,
      json: { errors: [{ extensions: { rule: 'BODY_COMPRESSED' } }] },
    });
    const response = await fetch(`${server.url}/proposals`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  test('answers in the language of the client', async () => {
    const headers = { authorization: `Bearer ${KEY}`, 'accept-language': 'nl' };
    const { json } = await send({ ...CSV, dryRun: 'true' }, LIST, headers);
    const { problems } = json.items.find(({ place }: Json) => place === 'row 3');
    expect(problems[0].message).toContain('kan niet met een voorstel');
    expect((await send({ ...CSV, format: 'ods' }, LIST, headers)).json.errors[0].message).toContain('een van');
  });
});

/** A sheet with names of columns and one more row. */
const sheetWith = (row: string, more = '') =>
  sheetStart([10]) + sheetRow(1, ['id', 'notes']) + row + sheetEnd(0, 0).replace('</sheetData>', `</sheetData>${more}`);
const BILLION = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n} "&a;&a;&a;">`).join('')}]>`;
const XLSX = { ...CSV, format: 'xlsx' };

/** A sheet of 5,000 rows in which each of 100 cells is one text of 30,000 characters, which the workbook has once. */
const repeatedText = () => {
  const shared = Array.from({ length: 100 }, () => '<c t="s"><v>0</v></c>').join('');
  return workbookOf(sheetWith(`<row>${shared}</row>`.repeat(5_000)), {
    'xl/strings.xml': `<sst><si><t>${'x'.repeat(30_000)}</t></si></sst>`,
    'xl/_rels/workbook.xml.rels': relationsTo('strings.xml'),
  });
};

/** A body of zeros that is never in memory as a whole. */
const zeros = (bytes: number) => {
  const chunk = new Uint8Array(1_000_000);
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      left -= chunk.length;
      controller.enqueue(chunk);
    },
  });
};

const HOSTILE: [string, Record<string, string>, () => unknown, number, string, string?][] = [
  ['of 100 MB', CSV, () => zeros(100_000_000), 413, 'FILE_TOO_LARGE'],
  ['of 1,000,000 columns', CSV, () => `id,notes${',x'.repeat(1_000_000)}\n`, 400, 'FILE_TOO_MANY_COLUMNS', 'row 1'],
  [
    'with a row of 300 cells',
    CSV,
    () => `id,notes\ntie-a-b${',x'.repeat(300)}\n`,
    400,
    'FILE_TOO_MANY_COLUMNS',
    'row 2',
  ],
  ['of 60,000 rows', CSV, () => `id\n${'tie-a-b\n'.repeat(60_000)}`, 400, 'PROPOSAL_TOO_LARGE'],
  ['with one text in 500,000 cells', XLSX, repeatedText, 400, 'FILE_TOO_MUCH_TEXT', 'row '],
  [
    'with a long name of a column',
    CSV,
    () => `id,${'x'.repeat(900_000)}\n${'tie-a-b,1\n'.repeat(9_000)}`,
    400,
    'FILE_COLUMN_TOO_LONG',
    'row 1',
  ],
  ['without rows', CSV, () => 'id;notes\n', 400, 'PROPOSAL_EMPTY'],
  ['that is a zip bomb', XLSX, () => bombOf(300_000_000), 400, 'FILE_UNPACKED_TOO_LARGE', 'xl/worksheets/sheet1.xml'],
  ['that is a zip bomb and denies it', XLSX, () => bombOf(300_000_000, true), 400, 'FILE_UNREADABLE'],
  [
    'with 110 MB of strings in a part of any name',
    XLSX,
    () =>
      workbookOf(sheetWith(''), {
        'xl/strings.bin': `<sst>${' '.repeat(110_000_000)}</sst>`,
        'xl/_rels/workbook.xml.rels': relationsTo('strings.bin'),
      }),
    400,
    'FILE_UNPACKED_TOO_LARGE',
    'xl/strings.bin',
  ],
  [
    'of 1,000,000 sheets',
    XLSX,
    () =>
      workbookOf(sheetWith(''), {
        'xl/workbook.xml': `<workbook>${'<sheet r:id="rId1"/>'.repeat(1_000_000)}</workbook>`,
      }),
    400,
    'FILE_UNPACKED_TOO_LARGE',
    'xl/workbook.xml',
  ],
  [
    'of 1,000,000 relationships',
    XLSX,
    () =>
      workbookOf(sheetWith(''), {
        'xl/_rels/workbook.xml.rels': `<Relationships>${'<Relationship/>'.repeat(1_000_000)}</Relationships>`,
      }),
    400,
    'FILE_UNPACKED_TOO_LARGE',
    'xl/_rels/workbook.xml.rels',
  ],
  [
    'of 3,000,000 elements in each other',
    XLSX,
    () => workbookOf('<a>'.repeat(3_000_000)),
    400,
    'FILE_UNREADABLE',
    'xl/worksheets/sheet1.xml',
  ],
  [
    'of 1,000,000 attributes',
    { format: 'iati' },
    () => `<iati-activities${Array.from({ length: 1_000_000 }, (_, n) => ` a${n}=""`).join('')}/>`,
    400,
    'FILE_UNREADABLE',
    'activities',
  ],
  [
    'of an activity of 2,000,000 elements',
    { format: 'iati' },
    () => `<iati-activities><iati-activity>${'<a/>'.repeat(2_000_000)}</iati-activity></iati-activities>`,
    400,
    'FILE_UNREADABLE',
    'line 1',
  ],
  [
    'of 600 parts',
    XLSX,
    () => zipOf(Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`${n}.xml`, '']))),
    400,
    'FILE_UNPACKED_TOO_LARGE',
  ],
  [
    'with entities',
    XLSX,
    () => workbookOf(`${BILLION}<worksheet>&a9;</worksheet>`),
    400,
    'FILE_WITH_DTD',
    'xl/worksheets/sheet1.xml',
  ],
  [
    'of activities with entities in entities',
    { format: 'iati' },
    () => `${BILLION.replace('<!DOCTYPE x', '<!DOCTYPE iati-activities')}<iati-activities>&a19;</iati-activities>`,
    400,
    'FILE_WITH_DTD',
    'activities',
  ],
  [
    'of 1,000,000 columns in a workbook',
    XLSX,
    () => workbookOf(sheetWith(`<row r="2">${'<c><v>1</v></c>'.repeat(1_000_000)}</row>`)),
    400,
    'FILE_TOO_MANY_COLUMNS',
    'row 2',
  ],
  [
    'with an undeclared entity',
    XLSX,
    () => workbookOf(sheetWith('<row r="2"><c r="A2"><v>&a;</v></c></row>')),
    400,
    'FILE_UNREADABLE',
    'xl/worksheets/sheet1.xml',
  ],
  [
    'with a cell far away',
    XLSX,
    () => workbookOf(sheetWith('<row r="999999999"><c r="ZZZZZZ999999999"><v>1</v></c></row>')),
    400,
    'FILE_TOO_MANY_COLUMNS',
    'row 999999999',
  ],
  [
    'with merged cells that overlap',
    XLSX,
    () =>
      workbookOf(
        sheetWith(
          '<row r="2"><c r="A2"><v>1</v></c></row>',
          '<mergeCells>'.concat('<mergeCell ref="A2:GR99999"/>'.repeat(9_000), '</mergeCells>'),
        ),
      ),
    400,
    'FILE_UNREADABLE',
    'xl/worksheets/sheet1.xml',
  ],
  [
    'that is no text',
    CSV,
    () => Buffer.from(Array.from({ length: 3_000 }, (_, n) => (n * 7) % 256)),
    400,
    'FILE_ENCODING',
  ],
];

describe('a hostile file', () => {
  test.each(HOSTILE)('%s is refused, with nothing written', async (_, parameters, make, status, rule, place) => {
    const before = await fingerprint(database);
    const file = (await make()) as string;
    const start = process.memoryUsage().rss;
    let peak = start;
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 10);
    const answer = await send(parameters, file);
    clearInterval(timer);
    const [error] = answer.json.errors;
    expect([answer.status, error.extensions.rule]).toEqual([status, rule]);
    if (place !== undefined) expect(error.extensions.params.place).toContain(place);
    // The embedded database is in this process, and keeps the rows of the transaction.
    const isMeasured = inject('database') === 'postgresql' || rule !== 'PROPOSAL_TOO_LARGE';
    if (isMeasured) expect((peak - start) / 1_000_000).toBeLessThan(150);
    expect(await fingerprint(database)).toEqual(before);
  });

  test.each([
    ['NUL', Buffer.from('id;notes\ntie-den-haag-qingdao;a\0b'), 'TEXT_WITH_INVALID_CHARACTER', 'notes'],
    [
      'half a surrogate pair',
      Buffer.from('\uFEFFid;notes\ntie-den-haag-qingdao;a\uD800b', 'utf16le'),
      'TEXT_WITH_INVALID_CHARACTER',
      'notes',
    ],
    ['a column __proto__', Buffer.from('id;__proto__\ntie-den-haag-qingdao;x'), 'ROW_COLUMN_UNKNOWN', '__proto__'],
    ['an id __proto__', Buffer.from('id;notes\n__proto__;x'), 'RECORD_MISSING', 'id'],
    ['an id constructor', Buffer.from('id;notes\nconstructor;x'), 'RECORD_MISSING', 'id'],
  ])('with %s has a refused row', async (_, file, rule, column) => {
    const { json } = await send({ ...CSV, dryRun: 'true' }, file);
    expect(json.counts).toMatchObject({ total: 1, refused: 1 });
    expect(json.items).toMatchObject([{ place: 'row 2', problems: [{ rule, path: ['values', column] }] }]);
    expect(({} as Json).isAdmin).toBeUndefined();
  });

  test('with a web address that a browser would run has a refused row', async () => {
    const parameters = { ...CSV, concept: 'organisations', dryRun: 'true' };
    const { json } = await send(parameters, 'id;website\norg-vng;javascript:alert(1)');
    expect(json.items).toMatchObject([
      { place: 'row 2', verdict: 'REFUSED', problems: [{ path: ['values', 'website'] }] },
    ]);
  });

  test('with formulas has texts', async () => {
    const { json } = await send({ ...CSV, dryRun: 'true' }, 'id;notes\ntie-den-haag-qingdao;"=HYPERLINK(""x"")"');
    expect(json.counts).toMatchObject({ total: 1, refused: 0 });
  });
});
