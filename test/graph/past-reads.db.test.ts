import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import { changeCursor } from '../../src/change/cursor.js';
import { latestPosition } from '../../src/change/log-reader.js';
import type { Storage } from '../../src/config/config.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import { openOnEmbedded } from '../../src/export/embedded.js';
import { openExportFile } from '../../src/export/export-file.js';
import { planExport } from '../../src/export/plan.js';
import { exportRequest } from '../../src/export/request.js';
import { openOnPostgreSql } from '../../src/export/snapshot-session.js';
import { tables } from '../../src/export-tables.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { createService, type Service } from '../../src/server/service.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { WITHOUT_COST } from '../support/protection.js';
import { questions } from '../support/questions.js';
import { randomNumbers } from '../support/random-document.js';
import { RandomEditor } from '../support/random-edits.js';
import { times } from '../support/soak.js';

const isEmbedded = inject('database') === 'pglite';
const EDITS = isEmbedded ? 200 : 500;
const WRITERS = 8;
const MOMENTS = times(20, 50);
const EXPORTS = [
  'partnerships.csv?provenance=true',
  'exchanges.ndjson?provenance=true',
  'authorities.geojson',
  'organisations.xlsx',
  'programmes.csv?orderBy=[{field:STARTED_ON}]',
];

/** Documents of what no question asks about. */
const OTHERS = [
  '{ latestChangeCursor changes(last: 5) { totalCount nodes { cursor kind subject { id label } } } }',
  `{ _entities(representations: [{ __typename: "Partnership", id: "tie-rotterdam-shanghai" },
    { __typename: "DutchAuthority", id: "nl-rotterdam" }]) { ... on Partnership { notes version } ... on DutchAuthority { name } } }`,
  '{ node(id: "prog-vngi-iurc-china") { id label history(last: 2) { totalCount nodes { actor fields { field after } } } } }',
  '{ misspelt: search(query: "porcelan", first: 100) { totalCount edges { rank matchedOn node { __typename } } } }',
  '{ search(query: "lantern dragon", first: 100) { totalCount edges { rank matchedOn cursor } } }',
  '{ exchanges(first: 50, orderBy: [{ field: UPDATED_AT, direction: DESC }]) { edges { cursor node { id version updatedAt } } } }',
  '{ codeList(name: "Theme") { values { value label } } }',
].map((query, i) => ({ name: `other ${i}`, query, variables: undefined }));

/** An instance of the server on the register. */
interface Instance {
  database: Database;
  server: RunningServer;
  service: Service;
  close(): Promise<void>;
}

const directory = mkdtempSync(join(tmpdir(), 'stedenband-past-'));
let url: string | undefined;

/** Starts an instance on the register of this file; the first time, on the seeded one. */
async function start(): Promise<Instance> {
  if (!isEmbedded) url ??= await copyOnPostgreSql();
  const storage: Storage = url === undefined ? { kind: 'embedded', directory } : { kind: 'postgresql', url };
  const database = await openDatabase(storage, { snapshot: inject('snapshot') });
  const service = await createService(database, console.error, { protection: WITHOUT_COST });
  const server = await serve(database, '127.0.0.1', 0, console.error, { protection: WITHOUT_COST });
  return {
    database,
    service,
    server,
    close: async () => {
      await server.close();
      await service.close();
      await database.close();
    },
  };
}

let instance: Instance;
beforeAll(async () => {
  instance = await start();
});
afterAll(async () => {
  await instance?.close();
  await rm(directory, { recursive: true });
});

type Document = Pick<(typeof questions)[number], 'name' | 'query' | 'variables'>;
const documents: Document[] = [...questions, ...OTHERS];

/** Asks a question in the present or at a moment. Returns the response as text, and the number of its statements. */
async function ask({ service }: Instance, { query, variables }: Document, moment?: number) {
  const context = service.context(ANONYMOUS);
  if (moment !== undefined) readAt(context.em, moment);
  let statements = 0;
  const count = (event: unknown) => {
    if ((event as StatementEvent).em === context.em) statements += 1;
  };
  statementChannel.subscribe(count);
  try {
    const { body } = await (await service.apollo.get()).executeOperation(
      { query, ...(variables && { variables }) },
      { contextValue: context },
    );
    const { data, errors } = (body as Json).singleResult;
    return { response: JSON.stringify({ data, errors }), statements };
  } finally {
    statementChannel.unsubscribe(count);
  }
}

/** Writes an export of the present or of a moment. */
async function file({ service, database }: Instance, address: string, moment?: number): Promise<string> {
  const [name, parameters] = address.split('?') as [string, string?];
  const request = exportRequest(service.schema, tables, name, new URLSearchParams(parameters));
  const { selection, filter, separator } = request;
  const em = moment === undefined ? service.fork() : readAt(service.fork(), moment);
  const session = database.connection ? await openOnPostgreSql(database.connection, moment) : await openOnEmbedded(em);
  const { chunks, close } = await openExportFile(session, {
    ...planExport(service.schema, request),
    filter,
    separator,
    extension: selection.format.extension,
  });
  try {
    const parts: Buffer[] = [];
    for await (const chunk of chunks) parts.push(Buffer.from(chunk));
    return Buffer.concat(parts).toString('base64');
  } finally {
    await close();
  }
}

/** Returns all answers and files, and the numbers of statements of the answers. */
async function everything(of: Instance, moment?: number): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const document of documents) {
    const { response, statements } = await ask(of, document, moment);
    all[document.name] = `${statements} ${response}`;
  }
  for (const address of EXPORTS) all[address] = await file(of, address, moment);
  return all;
}

const recorded = new Map<number, Record<string, string>>();
const cursors = new Map<number, string>();
let editor: RandomEditor;

test(`questions and exports have the same answers at ${MOMENTS} moments as they had then`, {
  timeout: 400_000,
}, async () => {
  editor = new RandomEditor(instance.database, instance.service, randomNumbers(15));
  let [left, rounds] = [EDITS, MOMENTS];
  while (rounds > 0) {
    let ofRound = Math.round(left / rounds);
    left -= ofRound;
    rounds -= 1;
    const writer = async () => {
      while (ofRound > 0) {
        ofRound -= 1;
        await editor.edit();
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    // The writers stand still while the answers of a moment are recorded.
    const position = await latestPosition(instance.service.fork());
    cursors.set(position.id, changeCursor(position));
    recorded.set(position.id, await everything(instance));
  }
  const answers = [...recorded.values()];
  const changing = Object.keys(answers[0] ?? {}).filter(name => new Set(answers.map(of => of[name])).size > 1);
  // Those that never change ask about what no edit touched.
  expect(changing.length).toBeGreaterThan(40);
  for (const [moment, then] of recorded) expect([moment, await everything(instance, moment)]).toEqual([moment, then]);
});

const codesOf = (errors?: Json[]) => errors?.map(({ extensions }) => extensions.code);

test('from a second instance, and after a restart, while others write', { timeout: 400_000 }, async () => {
  if (isEmbedded) await instance.close();
  const another = await start();
  if (isEmbedded) instance = another;
  editor = new RandomEditor(instance.database, instance.service, randomNumbers(16));
  /** Asks while an edit is being written. */
  const whileWriting = async <T>(asking: () => Promise<T>): Promise<T> =>
    (await Promise.all([asking(), editor.edit()]))[0];
  const asked = [...recorded].filter((_, i) => i % (isEmbedded ? 25 : 10) === 0);
  for (const [moment, then] of asked) {
    const search = new URLSearchParams({ knownAt: cursors.get(moment) as string });
    const overHttp = (path: string, init?: RequestInit) =>
      whileWriting(() => fetch(`${another.server.url}/${path}${path.includes('?') ? '&' : '?'}${search}`, init));
    for (const { name, query, variables } of documents) {
      const response = await overHttp('graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as Json;
      const before = JSON.parse(then[name]?.replace(/^\d+ /, '') as string);
      const actual = [JSON.stringify(data), codesOf(errors)];
      expect([moment, name, ...actual]).toEqual([moment, name, JSON.stringify(before.data), codesOf(before.errors)]);
    }
    for (const address of EXPORTS) {
      // The formats with a header of their own name the moment in it; a compressed one is compared without it.
      if (address.endsWith('.xlsx')) {
        expect(await whileWriting(() => file(another, address, moment))).toBe(then[address]);
        continue;
      }
      // As bytes: a text loses the byte order mark.
      const text = Buffer.from(await (await overHttp(`export/${address}`)).arrayBuffer()).toString();
      const before = Buffer.from(then[address] as string, 'base64').toString();
      expect([moment, address, text.replace(/"knownAt":"[^"]*",/, '')]).toEqual([moment, address, before]);
    }
  }
  if (!isEmbedded) await another.close();
});
