// The floor: node:http, answering from memory. What it was never asked it asks the limit once.
import { createServer } from 'node:http';
import { port } from './settings.mjs';

const answers = new Map();

async function learn(body) {
  const response = await fetch(process.env.LIMIT, { method: 'POST', body });
  if (!response.ok) throw new Error(await response.text());
  answers.set(body, Buffer.from(await response.arrayBuffer()));
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', async () => {
    try {
      const body = Buffer.concat(chunks).toString();
      if (!answers.has(body)) await learn(body);
      const answer = answers.get(body);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
      response.end(answer);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}).listen(port, '127.0.0.1');
