import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import { latestPosition } from '../../src/change/log-reader.js';
import type { Database } from '../../src/database/open.js';
import { openOnEmbedded } from '../../src/export/embedded.js';
import { openExportFile } from '../../src/export/export-file.js';
import { exportRequest } from '../../src/export/request.js';
import { openOnPostgreSql } from '../../src/export/snapshot-session.js';
import { selectedColumns, statementsOf } from '../../src/export/table.js';
import { tables } from '../../src/export-tables.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { createService, type Service } from '../../src/server/service.js';
import type { Json } from '../support/calls.js';
import { openTestDatabase } from '../support/database.js';
import { WITHOUT_COST } from '../support/protection.js';
import { questions } from '../support/questions.js';
import { randomNumbers } from '../support/random-document.js';
import { RandomEditor } from '../support/random-edits.js';

const isEmbedded = inject('database') === 'pglite';
const EDITS = isEmbedded ? 200 : 500;
const WRITERS = 8;
const MOMENTS = 50;
const EXPORTS = [
  'partnerships.csv?provenance=true',
  'exchanges.ndjson?provenance=true',
  'authorities.geojson',
  'organisations.xlsx',
  'programmes.csv?orderBy=[{field:STARTED_ON}]',
];

/** An instance of the server on the register. */
interface Instance {
  database: Database;
  service: Service;
  close(): Promise<void>;
}

async function startOn(database: Database): Promise<Instance> {
  const service = await createService(database, console.error, { protection: WITHOUT_COST });
  return {
    database,
    service,
    close: async () => {
      await service.close();
      await database.close();
    },
  };
}

let instance: Instance;
beforeAll(async () => {
  instance = await startOn(await openTestDatabase());
});
afterAll(() => instance?.close());

/** Asks a question in the present or at a moment. Returns the response as text, and the number of its statements. */
async function ask({ service }: Instance, { query, variables }: (typeof questions)[number], moment?: number) {
  const context = service.context(ANONYMOUS);
  if (moment !== undefined) readAt(context.em, moment);
  let statements = 0;
  const count = (event: unknown) => {
    if ((event as StatementEvent).em === context.em) statements += 1;
  };
  statementChannel.subscribe(count);
  try {
    const { body } = await service.apollo.executeOperation(
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
  const { selection, filter, separator } = exportRequest(service.schema, tables, name, new URLSearchParams(parameters));
  const { text, values } = statementsOf(selection).rows;
  const em = moment === undefined ? service.fork() : readAt(service.fork(), moment);
  const session = database.connection ? await openOnPostgreSql(database.connection, moment) : await openOnEmbedded(em);
  const { chunks, close } = await openExportFile(session, {
    name: selection.table.name,
    columns: selectedColumns(selection).map(column => column.name),
    filter,
    separator,
    extension: selection.format.extension,
    rows: { text, values },
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
  for (const question of questions) {
    const { response, statements } = await ask(of, question, moment);
    all[question.name] = `${statements} ${response}`;
  }
  for (const address of EXPORTS) all[address] = await file(of, address, moment);
  return all;
}

const newest = async () => (await latestPosition(instance.service.fork())).id;

const recorded = new Map<number, Record<string, string>>();

test(`all questions and exports have the same answers at ${MOMENTS} moments as they had then`, {
  timeout: 400_000,
}, async () => {
  const random = randomNumbers(15);
  const editor = new RandomEditor(instance.database, instance.service, random);
  let [left, rounds] = [EDITS, MOMENTS];
  while (rounds > 0) {
    // Writers stand still while the answers of a moment are recorded.
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
    recorded.set(await newest(), await everything(instance));
  }
  for (const [moment, answers] of recorded)
    expect([moment, await everything(instance, moment)]).toEqual([moment, answers]);
});
