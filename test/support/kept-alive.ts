import { Agent, request } from 'node:http';
import type { Json } from './calls.js';

/** A response over a connection of a client. */
export interface KeptAliveResponse {
  status: number | undefined;
  connection: string | undefined;
  headers: Json;
  text: string;
}

/** A client with one connection, which it opens again when the server asks for it. */
export class KeptAliveClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Rejects if the connection breaks. */
  ask(query: string, headers: Record<string, string> = {}): Promise<KeptAliveResponse> {
    return new Promise((resolve, reject) => {
      const options = {
        method: 'POST',
        agent: this.#agent,
        headers: { 'content-type': 'application/json', ...headers },
      };
      const sent = request(`${this.#url}/graphql`, options, response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status, headers } = response;
          resolve({ status, connection: headers.connection, headers, text });
        });
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ query }));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Asks until it is stopped, one request after the other. */
export interface Load {
  name: string;
  answered: number;
  failures: string[];
  /** Resolves when the last request has its response. */
  stop(): Promise<void>;
}

/** Starts a client whose requests have a name, which is in the log. @param pauseMs Between two requests. */
export function startLoad(url: string, name: string, pauseMs: number, headers: Record<string, string> = {}): Load {
  const client = new KeptAliveClient(url);
  let isStopped = false;
  const load: Load = {
    name,
    answered: 0,
    failures: [],
    stop: async () => {
      isStopped = true;
      await running;
      client.close();
    },
  };
  const run = async () => {
    while (!isStopped) {
      try {
        const { status, text } = await client.ask(`query ${name} { partnerships(first: 3) { nodes { id } } }`, headers);
        if (status === 200) load.answered += 1;
        else load.failures.push(`${status} ${text}`);
      } catch (error) {
        load.failures.push(String(error));
      }
      if (pauseMs) await new Promise(resolve => setTimeout(resolve, pauseMs));
    }
  };
  const running = run();
  return load;
}
