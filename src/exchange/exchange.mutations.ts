import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/required.js';
import { ChangeKind } from '../change/change.js';
import { givenFacts, mustExist, newId, storedNames } from '../change/facts.js';
import { ExistingInput, factsInput, NamesInput, type WritableFacts, WriteInput } from '../change/input.js';
import { payloadType, refuse, UserErrorCode } from '../change/payload.js';
import { checkPeriod } from '../change/period.js';
import { revise, write } from '../change/write.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/names.js';
import { PartialDate } from '../graph/partial-date.js';
import { sortKey } from '../graph/text.js';
import { Partnership } from '../partnership/partnership.js';
import { RecordedCitation } from '../source/citation.entity.js';
import { Confidence } from '../source/confidence.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';
import { Exchange } from './exchange.js';
import { exchangeSubject } from './exchange.subject.js';

const facts: WritableFacts = {
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
const required = ['kind', 'title', 'status', 'recurring', 'participants', 'confidence'];

type ExchangeFacts = Partial<Omit<Exchange, 'title'>> & { title?: NamesInput };

const RecordExchangeInput = factsInput('RecordExchangeInput', 'A new exchange.', WriteInput, facts, [
  'kind',
  'title',
  'status',
]);
const ReviseExchangeInput = factsInput(
  'ReviseExchangeInput',
  'Facts of an exchange: what is left out stays, null clears.',
  ExistingInput,
  facts,
);

export const ExchangePayload = payloadType('Exchange', 'exchange', () => Exchange);

/** Puts facts on a record, and checks that it fits the tie it was held under. */
async function assign(em: Context['em'], record: Exchange, input: ExchangeFacts): Promise<void> {
  const { title, ...columns } = givenFacts(input, Object.keys(facts), required) as ExchangeFacts;
  if (title) {
    const { aliases, ...texts } = storedNames(title, 'title');
    if (aliases?.length) throw refuse(UserErrorCode.INVALID, 'title.aliases', 'A title has no aliases.');
    record.title = texts;
    record.sortName = sortKey(nameIn(texts, Language.EN));
  }
  Object.assign(record, columns);
  checkPeriod(record);
  for (const [field, prefix] of [
    ['dutch', 'nl-'],
    ['chinese', 'cn-'],
  ] as const) {
    const id = record[field];
    if (columns[field] == null || id === null) continue;
    if (!id.startsWith(prefix))
      throw refuse(UserErrorCode.INVALID, field, `${field} is an authority whose id begins with ${prefix}; got ${id}.`);
    await mustExist(em, 'authority', [id], field);
  }
  if (columns.programme != null) await mustExist(em, 'programme', [columns.programme], 'programme');
  await fitTie(em, record, columns);
}

async function fitTie(
  em: Context['em'],
  record: Exchange,
  { partnership, underPartnership }: ExchangeFacts,
): Promise<void> {
  if (record.partnership === null) {
    // Taken from under its tie, it is unclear again whether it was held under one, unless the call says.
    if (partnership === null && underPartnership === undefined) record.underPartnership = null;
    if (record.underPartnership)
      throw refuse(
        UserErrorCode.INVALID,
        'underPartnership',
        'underPartnership is true only together with partnership.',
      );
    return;
  }
  if (underPartnership === false || underPartnership === null) {
    throw refuse(
      UserErrorCode.INVALID,
      'underPartnership',
      'An exchange with a partnership was held under it; clear partnership as well.',
    );
  }
  record.underPartnership = true;
  const tie = await em.findOne(Partnership, record.partnership);
  if (!tie)
    throw refuse(UserErrorCode.NOT_FOUND, 'partnership', `There is no such partnership: ${record.partnership}.`);
  if (tie.dutch !== record.dutch || tie.chinese !== record.chinese) {
    throw refuse(
      UserErrorCode.INVALID,
      'partnership',
      `The sides of ${tie.id} are ${tie.dutch} and ${tie.chinese}; those of the exchange are ${record.dutch} and ${record.chinese}.`,
    );
  }
}

@Resolver()
export class ExchangeMutations {
  @RequiresScope('exchange:write')
  @Mutation(() => ExchangePayload, { description: 'Brings an exchange into the register.' })
  recordExchange(
    @Arg('input', () => RecordExchangeInput, { description: 'Its facts.' }) input: WriteInput & ExchangeFacts,
    @Ctx() context: Context,
  ) {
    return write(
      context,
      {
        name: 'recordExchange',
        kind: ChangeKind.RECORDED,
        subject: exchangeSubject,
        apply: async em => {
          const record = new Exchange();
          const unknown = {
            subkind: null,
            startedOn: null,
            endedOn: null,
            dutch: null,
            chinese: null,
            partnership: null,
            programme: null,
          };
          const none = { underPartnership: null, recurring: false, participants: [], description: null, notes: null };
          const sides = [input.dutch, input.chinese].map(id => id?.replace(/^(nl|cn)-/, '') ?? '');
          const words = [...sides, nameIn(storedNames(input.title as NamesInput, 'title'), Language.EN)];
          Object.assign(record, unknown, none, { id: await newId(em, 'exch', ...words) });
          record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
          await assign(em, record, input);
          em.persist(record);
          return record.id;
        },
      },
      input,
    );
  }

  @RequiresScope('exchange:write')
  @Mutation(() => ExchangePayload, { description: 'Corrects facts of an exchange, or adds to them.' })
  reviseExchange(
    @Arg('input', () => ReviseExchangeInput, { description: 'The record, and its new facts.' }) input: ExistingInput &
      ExchangeFacts,
    @Ctx() context: Context,
  ) {
    return revise(
      context,
      {
        name: 'reviseExchange',
        kind: ChangeKind.REVISED,
        subject: exchangeSubject,
        apply: (em, record) => assign(em, record, input),
      },
      input,
    );
  }

  @RequiresScope('exchange:write')
  @Mutation(() => ExchangePayload, {
    description:
      'Takes an exchange out of the register, as recorded by mistake. Its changes stay in the log, and its id is never used again.',
  })
  withdrawExchange(
    @Arg('input', () => ExistingInput, { description: 'The record, and the reason.' }) input: ExistingInput,
    @Ctx() context: Context,
  ) {
    return revise(
      context,
      {
        name: 'withdrawExchange',
        kind: ChangeKind.WITHDRAWN,
        subject: exchangeSubject,
        apply: async (em, record) => {
          await em.nativeDelete(RecordedCitation, { exchange: record.id });
          em.remove(record);
        },
      },
      input,
    );
  }
}
