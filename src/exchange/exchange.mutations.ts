import sql from 'sql-template-tag';
import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { newId, storedNames } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { queryRows } from '../graph/sql/query.js';
import { Language, nameIn } from '../graph/types/names.js';
import { Confidence } from '../source/confidence.js';
import { assignExchange, checkExchange } from './exchange.assign.js';
import {
  type ExchangeFacts,
  exchangePayload,
  RecordExchangeInput,
  ReviseExchangeInput,
  WithdrawExchangeInput,
  withdrawalPayload,
} from './exchange.input.js';
import { Exchange } from './exchange.js';
import { exchangeSubject } from './exchange.subject.js';

@Resolver()
export class ExchangeMutations {
  @RequiresScope('exchange:write')
  @WriteMutation(exchangePayload, 'Creates an exchange.')
  recordExchange(
    @Arg('input', () => RecordExchangeInput, { description: 'The fields of the new exchange.' }) input: WriteInput &
      ExchangeFacts,
    @Ctx() context: Context,
  ) {
    return write(
      context,
      {
        name: 'recordExchange',
        kind: ChangeKind.RECORDED,
        subject: exchangeSubject,
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
          const sides = [input.dutch, input.chinese].map(id => id?.replace(/^(nl|cn)-/, '') ?? '');
          const words = [...sides, nameIn(storedNames(input.title as NamesInput), Language.EN)];
          Object.assign(record, nulls, defaults, { id: await newId(em, 'exch', ...words) });
          record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
          assignExchange(record, input);
          em.persist(record);
          return record.id;
        },
      },
      input,
    );
  }

  @RequiresScope('exchange:write')
  @WriteMutation(exchangePayload, 'Updates fields of an exchange.')
  reviseExchange(
    @Arg('input', () => ReviseExchangeInput, { description: 'The record to change, with its new field values.' })
    input: ExistingInput & ExchangeFacts,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
        name: 'reviseExchange',
        kind: ChangeKind.REVISED,
        subject: exchangeSubject,
        check: (em, record, problems) => checkExchange(problems, em, record, input),
        apply: async (_, record) => assignExchange(record, input),
      },
      input,
    );
  }

  @RequiresScope('exchange:write')
  @WriteMutation(
    withdrawalPayload,
    'Withdraws an exchange that was recorded by mistake. Its changes stay in the change log, and the id is never used again.',
  )
  withdrawExchange(
    @Arg('input', () => WithdrawExchangeInput, { description: 'The record to withdraw, with the reason.' })
    input: ExistingInput,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
        name: 'withdrawExchange',
        kind: ChangeKind.WITHDRAWN,
        subject: exchangeSubject,
        apply: async (em, record) => {
          await queryRows(em, sql`delete from citation where exchange_id = ${record.id}`);
          em.remove(record);
        },
      },
      input,
    );
  }
}
