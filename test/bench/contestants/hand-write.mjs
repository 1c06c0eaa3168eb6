// Q10 by hand: node:http and the statements that one mutation needs, with the promises of ours: a new id is one that no record
// ever had, also of two that are recorded at once; the log is locked, so that ids of changes are in the order of commits; the
// record, its source, citation, search document and change are written in one transaction, and the triggers of the register
// write the versions. No GraphQL, no rules.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { databaseUrl, port } from './settings.mjs';

const { searchDocument } = await import(join(process.env.OURS, 'dist/graph/search/search-document.js'));
const { sortKey } = await import(join(process.env.OURS, 'dist/graph/types/text.js'));
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const LOG_LOCK = 7_370_001;
const ID_LOCKS = 7_370_003;

const statements = {
  begin: 'begin',
  idLock: 'select pg_advisory_xact_lock($1, hashtext($2))',
  // Of a subquery PostgreSQL caches the plan; for the value itself it would plan the statement each time.
  taken: `select id from (select (select $1::text) as base) new cross join lateral (
    select id from search_document where id = base
    union all select id from search_document where id >= base || '-' and id < base || '.'
    union all select subject_id from change where subject_id = base
    union all select subject_id from change where subject_id >= base || '-' and subject_id < base || '.') taken`,
  source: 'insert into source (id, title, publisher) values ($1, $2, $3) on conflict do nothing',
  organisation: `insert into organisation (id, kind, names, sort_name, role, contact_points, confidence)
    values ($1, $2, $3, $4, '{}', '[]', 'SINGLE_SOURCE') returning *`,
  citation: `insert into citation (source_id, organisation_id, supports, position) values ($1, $2, $3, 0)`,
  lock: 'select pg_advisory_xact_lock($1)',
  search: 'insert into search_document (id, type, sort_name, names, title, terms, fields) values ($1, $2, $3, $4, $5, $6, $7)',
  change: `with now as materialized (select next_change_time() as time), c as (
      insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields, recorded_at)
      select 'RECORDED', 'admin', 'ORGANISATION', $1, 1, '{}', $2, time from now returning id)
    select id, pg_notify('stedenband_change', id::text) from c`,
  commit: 'commit',
};

async function record({ kind, names, source }) {
  const client = await pool.connect();
  const run = async (name, ...values) => (await client.query({ name, text: statements[name], values })).rows;
  try {
    await run('begin');
    const id = `org-${names.en.toLowerCase().replaceAll(' ', '-')}`;
    await run('idLock', ID_LOCKS, id);
    if ((await run('taken', id)).length) throw new Error(`${id} is taken.`);
    const hash = createHash('sha256').update(JSON.stringify(source)).digest('hex').slice(0, 16);
    const sourceId = `src-benchmark-${hash}`;
    await run('source', sourceId, source.title, source.publisher);
    const sortName = sortKey(names.en);
    const [row] = await run('organisation', id, kind, names, sortName);
    const supports = ['kind', 'names'];
    await run('citation', sourceId, id, supports);
    await run('lock', LOG_LOCK);
    const document = searchDocument({ type: 'ORGANISATION', id, sortName, names: [names.en], texts: { 'names.en': names.en } });
    const { title, terms, fields } = document;
    await run('search', id, document.type, sortName, document.names, title, terms, fields);
    const { confidence, role, contact_points: contactPoints } = row;
    const facts = { id, kind, names, role, contactPoints, confidence, citations: [{ source, supports }] };
    const changed = Object.entries(facts).map(([field, after]) => ({ field, before: null, after }));
    await run('change', id, JSON.stringify(changed));
    await run('commit');
    return { id, version: row.version };
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', async () => {
    try {
      const { variables } = JSON.parse(Buffer.concat(chunks).toString());
      // The first request of a contestant is a question, to see that it answers.
      const recordOrganisation = variables?.input && { userErrors: [], organisation: await record(variables.input) };
      const text = JSON.stringify({ data: { recordOrganisation } });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}).listen(port, '127.0.0.1');
