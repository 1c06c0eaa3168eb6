import { ChangeKind } from '../change/change.js';
import type { Command, UpdateCommand } from '../change/command.js';
import { storedNames } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { type IdWords, newId } from '../change/new-id.js';
import { Language, nameIn } from '../graph/types/names.js';
import { Confidence } from '../source/confidence.js';
import { assignExchange, checkExchange } from './exchange.assign.js';
import type { ExchangeFacts } from './exchange.input.js';
import { Exchange } from './exchange.js';
import { exchangeSubject } from './exchange.subject.js';

/** Returns the command of `recordExchange`. */
export function recordExchangeCommand(input: WriteInput & ExchangeFacts): Command<Exchange> {
  const idWords = (): IdWords => {
    const sides = [input.dutch, input.chinese].map(id => id?.replace(/^(nl|cn)-/, '') ?? '');
    return ['exch', ...sides, nameIn(storedNames(input.title as NamesInput), Language.EN)];
  };
  return {
    name: 'recordExchange',
    kind: ChangeKind.RECORDED,
    subject: exchangeSubject,
    idWords,
    check: (em, _, problems) => checkExchange(problems, em, null, input),
    apply: async em => {
      const record = new Exchange();
      const nulls = {
        subkind: null,
        startedOn: null,
        endedOn: null,
        dutch: null,
        chinese: null,
        partnership: null,
        programme: null,
      };
      const defaults = {
        underPartnership: null,
        recurring: false,
        participants: [],
        description: null,
        notes: null,
      };
      Object.assign(record, nulls, defaults, { id: await newId(em, idWords()) });
      record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
      assignExchange(record, input);
      em.persist(record);
      return record.id;
    },
  };
}

/** Returns the command of `reviseExchange`. */
export function reviseExchangeCommand(input: ExistingInput & ExchangeFacts): UpdateCommand<Exchange> {
  return {
    name: 'reviseExchange',
    kind: ChangeKind.REVISED,
    subject: exchangeSubject,
    check: (em, record, problems) => checkExchange(problems, em, record, input),
    apply: async (_, record) => assignExchange(record, input),
  };
}
