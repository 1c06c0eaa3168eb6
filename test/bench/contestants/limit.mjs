// The limit: node:http and one hand-written, prepared statement a question, which returns the JSON text. No GraphQL.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import pg from 'pg';
import { databaseUrl, port } from './settings.mjs';

const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const tsquery = text => `'${text.toLowerCase()}':*`;

/** The statement of each question, and its values from the request's variables. */
const values = {
  Q1: () => [],
  Q2: () => [],
  Q3: ({ id }) => [id],
  Q4: ({ province }) => [province],
  Q5: () => [],
  Q6: ({ text }) => [tsquery(text), text.toLowerCase()],
  Q7: ({ keys }) => [keys.map(({ id }) => id)],
};
const statements = Object.fromEntries(
  Object.keys(values).map(name => [name, readFileSync(new URL(`limit/${name}.sql`, import.meta.url), 'utf8')]),
);

async function answer(body) {
  const { operationName: name, variables } = JSON.parse(body);
  const { rows } = await pool.query({ name, text: statements[name], values: values[name](variables ?? {}) });
  return `{"data":${rows[0].data}}`;
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', async () => {
    try {
      const text = await answer(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}).listen(port, '127.0.0.1');
