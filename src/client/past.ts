import { type AskOptions, request } from './ask.js';
import type { Connection } from './connection.js';
import type { TypedDocument, VariablesOf } from './document.js';
import { RegisterError } from './errors.js';

/** Limits the answers of one moment, in characters of their JSON. */
const MAX_CACHE_CHARACTERS = 4_000_000;

/** Fields whose answer is about the present, or depends on the client, also at a moment. */
const MOMENTARY = /\b(webhooks|rateLimit|viewer|proposals?|actorName)\b/;

/** The register as it was known at a moment. It can be read only. */
export interface PastRegister {
  /** Sends a query. An answer about the register is cached: it can never change. */
  ask<Data, Variables>(
    document: TypedDocument<Data, Variables>,
    ...args: [...VariablesOf<Variables>, options?: AskOptions]
  ): Promise<Data>;
}

/** Answers of one moment, as JSON: each caller gets an object of its own. The oldest ones are dropped. */
class AnswerCache {
  readonly #answers = new Map<string, string>();
  #characters = 0;

  get(question: string): unknown {
    const answer = this.#answers.get(question);
    return answer === undefined ? undefined : JSON.parse(answer);
  }

  set(question: string, data: unknown): void {
    const answer = JSON.stringify(data);
    if (this.#answers.has(question)) return;
    this.#answers.set(question, answer);
    this.#characters += question.length + answer.length;
    for (const [oldest, { length }] of this.#answers) {
      if (this.#characters <= MAX_CACHE_CHARACTERS) break;
      this.#answers.delete(oldest);
      this.#characters -= oldest.length + length;
    }
  }
}

/** Opens the register at a moment: an address and a cache of its own, so that two moments never mix. */
export function openPast(present: Connection, moment: string): PastRegister {
  const connection = present.at(moment);
  const cache = new AnswerCache();
  return {
    async ask(document, ...[variables, options]) {
      const question = JSON.stringify([connection.textOf(document), variables]);
      const cached = cache.get(question);
      if (cached !== undefined) return cached as never;
      const { data, extensions } = await request(connection, document, variables as never, options as AskOptions);
      if (extensions?.register?.knownAt == null) {
        const message = 'The answer is not of the moment: a proxy dropped the parameter knownAt.';
        throw new RegisterError('NOT_OF_THE_MOMENT', message);
      }
      if (!MOMENTARY.test(question)) cache.set(question, data);
      return data;
    },
  };
}
