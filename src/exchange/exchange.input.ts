import { ID } from 'type-graphql';
import { ExistingInput, factsInput, NamesInput, type WritableFacts, WriteInput } from '../change/input.js';
import { payloadType } from '../change/payload.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Confidence } from '../source/confidence.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';
import { Exchange } from './exchange.js';

export const facts: WritableFacts = {
  kind: [() => ExchangeKind, 'What kind it is.'],
  subkind: [() => ExchangeSubkind, 'What it is, more exactly.'],
  title: [() => NamesInput, 'Its title in each language; it has no other names.'],
  status: [() => ExchangeStatus, 'How far it came.'],
  recurring: [() => Boolean, 'Whether it comes back, yearly for one.'],
  startedOn: [() => PartialDate, 'When it was held or begins.'],
  endedOn: [() => PartialDate, 'When it ended.'],
  dutch: [() => ID, 'The Dutch side.'],
  chinese: [() => ID, 'The Chinese side.'],
  partnership: [() => ID, 'The tie it was held under; its two sides are those of the exchange.'],
  underPartnership: [
    () => Boolean,
    'Whether it was held under a tie, where that is known without naming one: false, or null for unclear.',
  ],
  programme: [() => ID, 'The programme it was part of.'],
  participants: [() => [String], 'Who took part, by name.'],
  description: [() => String, 'What happened.'],
  notes: [() => String, 'What else is to be known, and where sources disagree.'],
  confidence: [() => Confidence, 'How well the record is evidenced.'],
};
export const required = ['kind', 'title', 'status', 'recurring', 'participants', 'confidence'];

export type ExchangeFacts = Partial<Omit<Exchange, 'title'>> & { title?: NamesInput };

export const RecordExchangeInput = factsInput('RecordExchangeInput', 'A new exchange.', WriteInput, facts, [
  'kind',
  'title',
  'status',
]);
export const ReviseExchangeInput = factsInput(
  'ReviseExchangeInput',
  'Facts of an exchange: what is left out stays, null clears.',
  ExistingInput,
  facts,
);

export const ExchangePayload = payloadType('Exchange', 'exchange', () => Exchange);
