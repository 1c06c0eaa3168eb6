import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { withdrawCommand } from '../change/withdraw.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { recordExchangeCommand, reviseExchangeCommand } from './exchange.commands.js';
import {
  type ExchangeFacts,
  exchangePayload,
  RecordExchangeInput,
  ReviseExchangeInput,
  WithdrawExchangeInput,
  withdrawalPayload,
} from './exchange.input.js';
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
    return write(context, recordExchangeCommand(input), input);
  }

  @RequiresScope('exchange:write')
  @WriteMutation(exchangePayload, 'Updates fields of an exchange.')
  reviseExchange(
    @Arg('input', () => ReviseExchangeInput, { description: 'The record to change, with its new field values.' })
    input: ExistingInput & ExchangeFacts,
    @Ctx() context: Context,
  ) {
    return update(context, reviseExchangeCommand(input), input);
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
    return update(context, withdrawCommand('withdrawExchange', exchangeSubject, input), input);
  }
}
