import { ID } from 'type-graphql';
import {
  ExistingInput,
  factsInput,
  NamesInput,
  type WritableFacts,
  WriteInput,
  withdrawalInput,
} from '../change/input.js';
import type { PayloadRecord } from '../change/payload.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Confidence } from '../source/confidence.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';
import { Exchange } from './exchange.js';

export const exchangeFacts: WritableFacts = {
  kind: [() => ExchangeKind, 'The kind of exchange.'],
  subkind: [() => ExchangeSubkind, 'Form or subject, more specific than `kind`.'],
  title: [() => NamesInput, 'The title, by language. `aliases` is not allowed.'],
  status: [
    () => ExchangeStatus,
    'How far the exchange got, by the sources. `PLANNED` does not mean that it took place.',
  ],
  recurring: [() => Boolean, 'Whether the exchange recurs, for example every year.'],
  startedOn: [() => PartialDate, 'Date, or the first of several days.'],
  endedOn: [() => PartialDate, 'Last day; omitted for an exchange of one day.'],
  dutch: [() => ID, 'Id of the Dutch authority.'],
  chinese: [() => ID, 'Id of the Chinese authority.'],
  partnership: [
    () => ID,
    'Id of the partnership under which the exchange took place. Must have the same two sides as the exchange.',
  ],
  underPartnership: [
    () => Boolean,
    'Whether the exchange took place under a partnership. Null if unclear; true is set automatically with `partnership`.',
  ],
  programme: [() => ID, 'Id of the programme that the exchange was part of.'],
  participants: [() => [String], 'Names of the participants. Replaces the whole list.'],
  description: [() => String, 'Description of the event, in English.'],
  notes: [() => String, 'Other information, in English, and differences between sources.'],
  confidence: [() => Confidence, 'How well the record is supported by sources.'],
};
/** The facts that a new exchange must have; null in any other is as omitted. */
export const requiredOfNewExchange = ['kind', 'title', 'status'];
export const requiredExchangeFacts = ['kind', 'title', 'status', 'recurring', 'participants', 'confidence'];

export type ExchangeFacts = Partial<Omit<Exchange, 'title'>> & { title?: NamesInput };

export const RecordExchangeInput = factsInput(
  'RecordExchangeInput',
  'Fields of a new exchange.',
  WriteInput,
  exchangeFacts,
  requiredOfNewExchange,
);
export const ReviseExchangeInput = factsInput(
  'ReviseExchangeInput',
  'Changes to an exchange: omitted fields stay unchanged, null clears a field.',
  ExistingInput,
  exchangeFacts,
);

export const WithdrawExchangeInput = withdrawalInput('Exchange');

export const exchangePayload: PayloadRecord = { field: 'exchange', type: () => Exchange };
export const withdrawalPayload: PayloadRecord = { ...exchangePayload, withdrawnId: 'withdrawnExchangeId' };
