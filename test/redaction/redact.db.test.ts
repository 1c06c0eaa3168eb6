import sql, { raw } from 'sql-template-tag';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { verify } from '../../src/database/verify/verify.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import { fingerprint, type Json } from '../support/calls.js';
import { proposalCalls, verdicts } from '../support/proposals.js';
import { expectTranslated } from '../support/refusals.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 20_000 });

const { ask, database } = testApi();
const NAME = 'Jan Zonderling';

async function mutate(mutation: string, input: Json, selection: string): Promise<Json> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`;
  const { data, errors } = await ask(document, { input }, ADMIN);
  expect(errors).toBeUndefined();
  return data[mutation];
}

const CHANGE = 'kind cursor subjectId subjectType reason fields { field before after isRedacted }';
const redact = (input: Json): Promise<Json> =>
  mutate(
    'redactField',
    { reason: 'AVG art. 17', ...input },
    `changes { ${CHANGE} changeSet } places { store subjectType subjectId field count excerpt } remainingIds
      userErrors { code rule params path message nl: message(language: NL) zh: message(language: ZH) }`,
  );

const RECORD = { exchange: 'exchange', organisation: 'organisation', partnership: 'partnership' };

/** Calls a mutation, and returns the record that it wrote. */
async function write(mutation: string, record: keyof typeof RECORD, input: Json): Promise<Json> {
  const payload = await mutate(mutation, input, `${record} { id version } userErrors { message }`);
  expect(payload.userErrors).toEqual([]);
  return payload[record];
}

/** Returns the tables of all schemas of the register that hold a text in any case, with the number of their rows. */
async function tablesWith(text: string): Promise<Record<string, number>> {
  const em = database().em.fork();
  const tables = await queryRows<{ name: string }>(
    em,
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const query = sql`select count(*)::int as count from ${raw(name)} t where t::text ilike ${`%${text}%`}`;
    const [row] = await queryRows<{ count: number }>(em, query);
    if (row?.count) counts[name] = row.count;
  }
  return counts;
}

async function searchIds(query: string): Promise<string[]> {
  const document = 'query($query: String!) { search(query: $query, first: 100) { nodes { ... on Node { id } } } }';
  return (await ask(document, { query })).data.search.nodes.map(({ id }: Json) => id);
}

const exchangeFacts = {
  kind: 'TECHNICAL',
  status: 'HELD',
  startedOn: '2020',
  dutch: 'nl-rotterdam',
  chinese: 'cn-shanghai',
};

describe('a name that stands everywhere', () => {
  let exchange: string;
  let organisation: string;
  let before: Json;
  const source = {
    title: `Interview with ${NAME}`,
    publisher: 'De Krant',
    url: 'https://krant.example/jan-zonderling',
  };
  const creation = {
    ...exchangeFacts,
    title: { en: 'Week of water' },
    participants: [NAME, 'TU'],
    notes: `Led by ${NAME}.`,
    reason: `Asked by ${NAME}`,
    idempotencyKey: 'exchange',
    source,
  };
  const RECORDS = `exchange(id: $exchange) { version participants notes redactions { fields reason cursor }
        citations { source { id title publisher url } } history(first: 20) { nodes { ${CHANGE} } } }
      organisation(id: $organisation) { version names { nl en aliases } label role(language: NL) website notes
        contactPoints { type value seenIn } citations { source { title publisher url } supports }
        history(first: 20) { nodes { ${CHANGE} } } }`;
  const read = async () =>
    (await ask(`query($exchange: ID!, $organisation: ID!) { ${RECORDS} }`, { exchange, organisation })).data;

  beforeAll(async () => {
    exchange = (await write('recordExchange', 'exchange', creation)).id;
    await write('reviseExchange', 'exchange', { id: exchange, expectedVersion: 1, notes: 'Led by a person.' });
    const facts = { kind: 'MINISTRY', names: { en: 'Office of water' } };
    organisation = (await write('recordOrganisation', 'organisation', facts)).id;
    await write('reviseOrganisation', 'organisation', {
      id: organisation,
      expectedVersion: 1,
      names: { en: 'Office JAN   ZONDERLING', aliases: ['Bureau X'] },
      role: { nl: `${NAME} adviseert`, en: 'Advises' },
      website: 'https://office.example/Jan%20Zonderling/',
      contactPoints: [{ type: 'EMAIL', value: 'jan.zonderling@office.example', seenIn: `Page of ${NAME}` }],
      notes: 'De opvolger van Jan Zonderlings is onbekend.',
      source: { ...source, supports: ['names', `what ${NAME} says`] },
    });
    before = await read();
  });

  test('is listed by a dry run, which writes nothing', async () => {
    const hash = await fingerprint(database());
    const { changes, places, remainingIds, userErrors } = await redact({ passage: NAME, dryRun: true });
    expect({ changes, userErrors, remainingIds }).toEqual({ changes: [], userErrors: [], remainingIds: [] });
    const counts = Object.groupBy(places as Json[], ({ subjectId, field }) => `${subjectId} ${field}`);
    const ofNotes = counts[`${exchange} notes`]?.map(({ store, count, excerpt }) => [store, count, excerpt]);
    expect(ofNotes).toEqual([
      ['ANSWER', 1, `Led by ${NAME}.`],
      ['CHANGE', 2, `Led by ${NAME}.`],
      ['VERSION', 1, `Led by ${NAME}.`],
    ]);
    const fields = ['citations', 'contactPoints', 'names', 'role', 'website'];
    expect(Object.keys(counts)).toEqual([
      ...['citations', 'notes', 'participants', 'reason'].map(field => `${exchange} ${field}`),
      ...fields.map(field => `${organisation} ${field}`),
    ]);
    expect(await fingerprint(database())).toEqual(hash);
    expect(await read()).toEqual(before);
  });

  test('leaves marks in the records and in their history, and a change for each record without it', async () => {
    const tables = Object.keys(await tablesWith('zonderling'));
    for (const table of ['change', 'idempotent_answer', 'search_document', 'source', 'exchange'])
      expect(tables).toContain(`public.${table}`);
    expect(tables).toContain('history.exchange');
    const { changes, places, userErrors } = await redact({ passage: NAME });
    expect(userErrors).toEqual([]);
    for (const { excerpt } of places) expect(excerpt).toBeNull();
    expect(changes.map(({ kind, subjectId, reason }: Json) => [kind, subjectId, reason])).toEqual([
      ['REDACTED', exchange, 'AVG art. 17'],
      ['REDACTED', organisation, 'AVG art. 17'],
    ]);
    // One set, as the two are known together.
    const [{ changeSet }] = changes;
    expect(changeSet).toMatch(/^set-/);
    for (const change of changes) expect(change.changeSet).toBe(changeSet);
    const after = await read();
    const cited = { title: 'Interview with [redacted]', publisher: 'De Krant', url: 'https://redacted.invalid/' };
    expect(after.exchange).toMatchObject({
      version: 3,
      participants: ['[redacted]', 'TU'],
      notes: 'Led by a person.',
      redactions: [
        { fields: ['citations', 'notes', 'participants'], reason: 'AVG art. 17', cursor: changes[0].cursor },
      ],
      citations: [{ source: { ...cited, id: expect.stringMatching(/^src-redacted-[0-9a-f]{16}$/) } }],
    });
    expect(after.organisation).toMatchObject({
      version: 3,
      names: { en: 'Office [redacted]', aliases: ['Bureau X'] },
      label: 'Office [redacted]',
      role: '[redacted] adviseert',
      website: 'https://redacted.invalid/',
      contactPoints: [{ type: 'EMAIL', value: '[redacted]@office.example', seenIn: 'Page of [redacted]' }],
      citations: [{ source: cited, supports: ['names', 'what [redacted] says'] }],
    });
    const [recorded, revised, redacted] = after.exchange.history.nodes;
    expect(recorded).toMatchObject({ kind: 'RECORDED', reason: 'Asked by [redacted]' });
    expect(recorded.fields).toContainEqual({
      field: 'notes',
      before: null,
      after: 'Led by [redacted].',
      isRedacted: true,
    });
    expect(revised.fields).toEqual([
      { field: 'notes', before: 'Led by [redacted].', after: 'Led by a person.', isRedacted: true },
    ]);
    expect({ ...redacted, changeSet }).toEqual(changes[0]);
    const participants = ['[redacted]', 'TU'];
    expect(redacted.fields).toContainEqual({
      field: 'participants',
      before: participants,
      after: participants,
      isRedacted: true,
    });
    // Cursors and times of earlier changes stay.
    const cursors = (nodes: Json) => nodes.map(({ cursor }: Json) => cursor);
    expect(cursors([recorded, revised])).toEqual(cursors(before.exchange.history.nodes));
  });

  test('stays in longer words, which another call redacts', async () => {
    expect(await tablesWith('jan zonderling')).toEqual({
      'history.organisation': 2,
      'history.search_document': 2,
      'public.change': 1,
      'public.organisation': 1,
      'public.search_document': 1,
    });
    const { changes } = await redact({ passage: NAME, wholeWords: false });
    expect(changes.map(({ subjectId }: Json) => subjectId)).toEqual([organisation]);
    expect((await read()).organisation.notes).toBe('De opvolger van [redacted]s is onbekend.');
  });

  test('is in no table any more, and a repeated call finds nothing', async () => {
    expect(await tablesWith('zonderling')).toEqual({});
    const hash = await fingerprint(database());
    expect(await redact({ passage: NAME, wholeWords: false })).toMatchObject({
      changes: [],
      places: [],
      userErrors: [],
    });
    expect(await fingerprint(database())).toEqual(hash);
  });

  test('is not found, also not as a misspelt word, and the rest of its texts is', async () => {
    expect(await searchIds('zonderling')).toEqual([]);
    expect(await searchIds('zonderlimg')).toEqual([]);
    expect(await searchIds('bureau x')).toContain(organisation);
  });

  test('does not come back by the repetition of an idempotent call', async () => {
    const again = await mutate('recordExchange', creation, `exchange { notes participants } change { reason }`);
    expect(again).toEqual({
      exchange: { notes: 'Led by [redacted].', participants: ['[redacted]', 'TU'] },
      change: { reason: 'Asked by [redacted]' },
    });
  });
});

describe('a field of one record', () => {
  test('is redacted as a whole, also after the record was withdrawn', async () => {
    const facts = { ...exchangeFacts, title: { en: 'Gala', nl: 'Galabal' }, participants: ['A. Bee', 'C. Dee'] };
    const { id } = await write('recordExchange', 'exchange', facts);
    const { id: other } = await write('recordExchange', 'exchange', { ...facts, title: { en: 'Ball' } });
    await write('withdrawExchange', 'exchange', { id, expectedVersion: 1, reason: 'By mistake' });
    const { changes, userErrors } = await redact({ id, field: 'participants' });
    expect(userErrors).toEqual([]);
    expect(changes).toMatchObject([{ kind: 'REDACTED', subjectId: id, subjectType: 'EXCHANGE', fields: [] }]);
    const { data } = await ask(
      `query($id: ID!, $other: ID!) { changes(filter: { subjectIds: [$id] }) { nodes { kind subjectLabel fields { field before after } } }
        exchange(id: $id) { id } other: exchange(id: $other) { participants } }`,
      { id, other },
    );
    const [recorded, withdrawn] = data.changes.nodes;
    const marks = ['[redacted]', '[redacted]'];
    expect(recorded.fields).toContainEqual({ field: 'participants', before: null, after: marks });
    expect(withdrawn.fields).toContainEqual({ field: 'participants', before: marks, after: null });
    expect(data.changes.nodes[2]).toMatchObject({ kind: 'REDACTED', subjectLabel: 'Gala' });
    expect(data.exchange).toBeNull();
    expect(data.other.participants).toEqual(['A. Bee', 'C. Dee']);
    expect((await redact({ id, passage: 'mistake' })).changes).toHaveLength(1);
  });

  test('of names: the records that are found by them, too', async () => {
    const facts = { kind: 'MINISTRY', names: { en: 'Ypsilon Fund', aliases: ['Omegafonds'] } };
    const { id } = await write('recordOrganisation', 'organisation', facts);
    const programme = await mutate(
      'recordProgramme',
      { names: { en: 'Trial' }, organisations: [id] },
      'programme { id } userErrors { message }',
    );
    expect(await searchIds('omegafonds')).toEqual(expect.arrayContaining([id, programme.programme.id]));
    expect((await redact({ id, field: 'names' })).userErrors).toEqual([]);
    expect(await searchIds('omegafonds')).toEqual([]);
    expect(await tablesWith('omegafonds')).toEqual({});
    const { data } = await ask('query($id: ID!) { organisation(id: $id) { names { en nl aliases } } }', { id });
    expect(data.organisation.names).toEqual({ en: '[redacted]', nl: null, aliases: ['[redacted]'] });
  });

  test('of a source: every record that cites it, and two sources with equal marks stay two', async () => {
    const source = { title: 'Report by E. Eff', publisher: 'E. Eff' };
    const facts = { kind: 'MINISTRY', source };
    const first = await write('recordOrganisation', 'organisation', { ...facts, names: { en: 'First of Eff' } });
    const second = await write('recordOrganisation', 'organisation', {
      ...facts,
      names: { en: 'Second of Eff' },
      source: { ...source, title: 'Another report by E. Eff' },
    });
    const both = { id: second.id, expectedVersion: 1, notes: 'Cites both.', source };
    await write('reviseOrganisation', 'organisation', both);
    const { changes } = await redact({ id: second.id, field: 'citations' });
    expect(changes.map(({ subjectId }: Json) => subjectId)).toEqual([first.id, second.id]);
    expect(await tablesWith('E. Eff')).toEqual({});
    const { data } = await ask(
      `query($id: ID!) { organisation(id: $id) { citations { source { title publisher } supports } history { nodes { fields { field after } } } } }`,
      { id: second.id },
    );
    const titles = data.organisation.citations.map(
      ({ source: { title, publisher } }: Json) => `${title}: ${publisher}`,
    );
    expect(titles.sort()).toEqual(['[redacted] (2): [redacted]', '[redacted]: [redacted]']);
    // Names of fields are no texts of people.
    const supported = data.organisation.citations.map(({ supports }: Json) => supports);
    expect(supported.flat()).toEqual(expect.arrayContaining(['kind', 'names', 'notes']));
    expect(supported.flat()).not.toContain('[redacted]');
    const logged = data.organisation.history.nodes[1].fields.find(({ field }: Json) => field === 'citations').after;
    expect(logged.map(({ title }: Json) => title).sort()).toEqual(['[redacted]', '[redacted] (2)']);
  });

  test('of a status: the reason of the period and of the change', async () => {
    const id = 'tie-delft-jingdezhen';
    const { data } = await ask('query($id: ID!) { partnership(id: $id) { version } }', { id });
    const reason = 'Councillor G. Gee wanted it';
    await write('endPartnership', 'partnership', {
      id,
      expectedVersion: data.partnership.version,
      since: '2024',
      reason,
    });
    const { changes } = await redact({ id, passage: 'G. Gee' });
    expect(changes).toHaveLength(1);
    expect(await tablesWith('G. Gee')).toEqual({});
    const after = await ask(
      'query($id: ID!) { partnership(id: $id) { status statusPeriods { status reason } history(last: 2) { nodes { kind reason } } } }',
      { id },
    );
    const { partnership } = after.data;
    expect(partnership.status).toBe('ENDED');
    expect(partnership.statusPeriods.at(-1)).toEqual({ status: 'ENDED', reason: 'Councillor [redacted] wanted it' });
    expect(partnership.history.nodes[0]).toEqual({ kind: 'ENDED', reason: 'Councillor [redacted] wanted it' });
  });

  test('of a status: its codes and dates stay, also in the log', async () => {
    const id = 'tie-emmen-shangluo';
    const period = { status: 'ENDED', from: '2024', reason: 'Councillor Zee wanted it', decidedBy: 'COUNCIL' };
    const { data } = await ask('query($id: ID!) { partnership(id: $id) { version } }', { id });
    const end = { id, expectedVersion: data.partnership.version, since: '2024' };
    const { version } = await write('endPartnership', 'partnership', {
      ...end,
      reason: period.reason,
      decidedBy: period.decidedBy,
    });
    await write('revisePartnership', 'partnership', { id, expectedVersion: version, notes: 'It ended.' });
    await redact({ id, field: 'statusPeriods' });
    const document =
      'query($id: ID!) { partnership(id: $id) { history(last: 3) { nodes { kind fields { field after } } } } }';
    const { nodes } = (await ask(document, { id })).data.partnership.history;
    const periods = nodes.flatMap(({ kind, fields }: Json) =>
      fields.filter(({ field }: Json) => field === 'statusPeriods').map(({ after }: Json) => [kind, after.at(-1)]),
    );
    const after = { ...period, reason: '[redacted]' };
    expect(periods).toEqual([
      ['ENDED', after],
      ['REDACTED', after],
    ]);
  });

  test('of Chinese: a passage inside of a run of characters', async () => {
    const facts = { ...exchangeFacts, title: { zh: '王小明先生的展览' } };
    const { id } = await write('recordExchange', 'exchange', facts);
    expect(await searchIds('王小明')).toContain(id);
    await redact({ passage: '王小明' });
    expect(await searchIds('王小明')).not.toContain(id);
    expect(await tablesWith('王小明')).toEqual({});
    const { data } = await ask('query($id: ID!) { exchange(id: $id) { title(language: ZH) } }', { id });
    expect(data.exchange.title).toBe('[redacted]先生的展览');
  });
});

describe('a passage is found in the spellings in which the search finds it', () => {
  test.each<[passage: string, notes: string, left: string]>([
    ['Jan Kwikstaart', 'By Ján Kwikstaart.', 'By [redacted].'],
    ['Jan Kwikstaart', 'By Jan Kwíkstaart.', 'By [redacted].'],
    ['Jan Kwikstaart', 'By Jan Kwíkstaart\u0301, twice', 'By [redacted], twice'],
    ['Ján Kwíkstaart', 'By Jan Kwikstaart.', 'By [redacted].'],
    ['Jan Kwikstaart', 'By Jan·Kwikstaart.', 'By [redacted].'],
    ['Jan Kwikstaart', 'By Jan\u00adKwikstaart.', 'By [redacted].'],
    ['Jan Kwikstaart', 'By Jan Kwik\u00adstaart.', 'By [redacted].'],
    ['Jan Kwikstaart', 'By Jan Kwik\u200bstaart.', 'By [redacted].'],
    ['Jan Kwikstaart', 'See https://x.example/J%C3%A1n_Kw%C3%ADkstaart or ask', 'See https://redacted.invalid/ or ask'],
    ['Jan Kwikstaart', 'See https://x.example/100%/J%C3%A1n_Kw%C3%ADkstaart', 'See https://redacted.invalid/'],
    ['Jan Kwikstaart', 'By ｊａｎ Kwikstaart’s friend', 'By [redacted]’s friend'],
    ["Pat O'Bryan", 'By Pat O’Bryan.', 'By [redacted].'],
    ['Pat O’Bryan', 'By Pat OBryan and Pat O`Bryan', 'By [redacted] and [redacted]'],
    ['Van Dijkgraaf', 'By Van D\u0133kgraaf.', 'By [redacted].'],
    ['Van D\u0133kgraaf', 'By Van Dijkgraaf.', 'By [redacted].'],
    ['王晓明', '由王\u200b晓明介绍', '由[redacted]介绍'],
    ['张庆伟', '由張慶偉、張庆伟介绍', '由[redacted]、[redacted]介绍'],
    ['張慶偉', '由张庆伟介绍', '由[redacted]介绍'],
    ['张庆伟', '见 https://x.example/%E5%BC%B5%E6%85%B6%E5%81%89', '见 https://redacted.invalid/'],
    ['王晓明', '见https://x.example/a，由王晓明介绍。', '见https://x.example/a，由[redacted]介绍。'],
    ['王晓明', '见https://x.example/王晓明。下次再来', '见https://redacted.invalid/。下次再来'],
    ['王晓明', '见https://x.example/a，%E7%8E%8B%E6%99%93%E6%98%8E', '见https://redacted.invalid/'],
  ])('%s in %s', async (passage, notes, left) => {
    const { id } = await write('recordExchange', 'exchange', { ...exchangeFacts, title: { en: 'Talk' }, notes });
    const { changes, places } = await redact({ passage });
    expect(changes.map(({ subjectId }: Json) => subjectId)).toEqual([id]);
    expect(places).not.toEqual([]);
    const { data } = await ask('query($id: ID!) { exchange(id: $id) { notes } }', { id });
    expect(data.exchange.notes).toBe(left);
    expect(await searchIds(passage)).toEqual([]);
  });

  test('but not in other words, and not run together', async () => {
    const notes = 'By Jan Kwikstaartje, JanKwikstaart, Kwikstaart, Jan and Marjan Kwikstaart.';
    await write('recordExchange', 'exchange', { ...exchangeFacts, title: { en: 'Talk' }, notes });
    expect(await redact({ passage: 'Jan Kwikstaart' })).toMatchObject({ changes: [], places: [], userErrors: [] });
  });
});

test('the stored result of a batch has no record: a passage that is in one of its ids is redacted elsewhere', async () => {
  const input = {
    rows: [{ ...exchangeFacts, title: { nl: 'Bezoek Jansma' } }],
    reason: 'By Jansma',
    idempotencyKey: 'batch',
  };
  const record = () => mutate('recordExchanges', input, 'exchangeIds changeSet userErrors { message }');
  const recorded = await record();
  const { changes, remainingIds, userErrors } = await redact({ passage: 'Jansma' });
  expect(userErrors).toEqual([]);
  expect(changes.map(({ subjectId }: Json) => subjectId)).toEqual(recorded.exchangeIds);
  expect(remainingIds).toEqual(recorded.exchangeIds);
  expect(await record()).toEqual(recorded);
});

test('the source of a status is redacted when the period has several versions', async () => {
  const tie = {
    dutch: 'nl-utrecht',
    chinese: 'cn-qiqihar',
    kind: 'COOPERATION',
    startedOn: '1990',
    source: { title: 'Besluit van B. Beeuw', publisher: 'Gemeente', supports: ['status', 'noot van B. Beeuw'] },
  };
  const { id } = await write('recordPartnership', 'partnership', tie);
  await write('revisePartnership', 'partnership', { id, expectedVersion: 1, startedOn: '1991' });
  const ofPassage = await redact({ passage: 'B. Beeuw' });
  expect([ofPassage.userErrors, ofPassage.changes]).toMatchObject([[], [{ subjectId: id }]]);
  expect(await tablesWith('Beeuw')).toEqual({});
  const ofField = await redact({ id, field: 'citations' });
  expect([ofField.userErrors, ofField.changes]).toMatchObject([[], [{ subjectId: id }]]);
});

test.each([
  ['Hendrik Haa', 'org-stichting-hendrik-haa'],
  ['Øjvind Haas', 'org-stichting-jvind-haas'],
  ['Hendrik Haan 王', 'org-stichting-hendrik-haan'],
])('ids that are made of the passage are named, and stay: %s', async (passage, id) => {
  await write('recordOrganisation', 'organisation', { kind: 'MINISTRY', names: { en: `Stichting ${passage}` } });
  expect(await redact({ passage })).toMatchObject({ remainingIds: [id], changes: [{ subjectId: id }] });
});

test('tables and versions agree with the log, whatever was redacted', async () => {
  expect((await verify(database())).differences).toEqual([]);
});

test.each<[string, Json, string, string[]]>([
  ['everything', {}, 'REDACTION_UNBOUNDED', []],
  ['a whole record', { id: 'org-vng' }, 'REDACTION_UNBOUNDED', []],
  ['a field of all records', { field: 'notes' }, 'REDACTION_UNBOUNDED', []],
  ['an id', { id: 'org-vng', field: 'id' }, 'REDACTION_FIELD', ['field']],
  ['a status', { id: 'tie-delft-jingdezhen', field: 'status' }, 'REDACTION_FIELD', ['field']],
  ['themes that are codes', { id: 'tie-delft-jingdezhen', field: 'themes' }, 'REDACTION_FIELD', ['field']],
  ['a date of all records', { field: 'startedOn', passage: '1979' }, 'REDACTION_FIELD', ['field']],
  ['one letter', { passage: ' x.' }, 'REDACTION_PASSAGE_SHORT', ['passage']],
  ['an apostrophe that is a letter', { passage: 'ʼʼʼ' }, 'REDACTION_PASSAGE_SHORT', ['passage']],
  ['a mark among words', { passage: 'by redacted' }, 'REDACTION_MARK', ['passage']],
  ['a mark', { passage: 'Redacted' }, 'REDACTION_MARK', ['passage']],
  ['a name in the reason', { passage: 'Iep', reason: 'Asked by IEP' }, 'REDACTION_REASON', ['reason']],
  ['a record that does not exist', { id: 'org-none', field: 'notes' }, 'RECORD_MISSING', ['id']],
  ['an id that is none', { id: 'org none', field: 'notes' }, 'ID_FORM', ['id']],
  ['a long passage', { passage: 'x'.repeat(201) }, 'TEXT_TOO_LONG', ['passage']],
  ['an empty reason', { passage: 'Jan', reason: ' ' }, 'TEXT_EMPTY', ['reason']],
])('%s cannot be redacted', async (_, input, rule, path) => {
  const hash = await fingerprint(database());
  const { changes, userErrors } = await redact(input);
  expect(changes).toEqual([]);
  expect(userErrors.map((error: Json) => [error.rule, error.path])).toEqual([[rule, ['input', ...path]]]);
  for (const error of userErrors) expectTranslated(error);
  expect(await fingerprint(database())).toEqual(hash);
});

test.each<[string, Json]>([
  ['a passage', { passage: 5 }],
  ['a dry run', { dryRun: 'yes' }],
  ['a reason', { reason: null }],
])('%s that cannot be read: nothing is redacted', async (_, malformed) => {
  const hash = await fingerprint(database());
  const document = 'mutation($input: RedactFieldInput!) { redactField(input: $input) { changes { cursor } } }';
  const input = { id: 'org-vng', field: 'notes', reason: 'AVG', ...malformed };
  const { data, errors } = await ask(document, { input }, ADMIN);
  expect(data).toBeUndefined();
  expect(errors?.map(({ extensions }) => extensions?.path)).toEqual([['input', Object.keys(malformed)[0]]]);
  expect(await fingerprint(database())).toEqual(hash);
});

describe('a name in proposals', () => {
  const PERSON = 'Kees Buitenbeen';
  const { call, submit, apply, decide } = proposalCalls((...args) => ask(...args));
  const named = { title: `List of ${PERSON}`, publisher: 'De Krant', url: 'https://krant.example/kees-buitenbeen' };
  const rows = [
    {
      'title.en': 'Week of walking',
      kind: 'CULTURAL',
      status: 'HELD',
      dutch: 'nl-rotterdam',
      chinese: 'cn-shanghai',
      notes: `By ${PERSON}`,
    },
    { 'title.en': `Walk of ${PERSON}`, kind: PERSON, status: 'HELD' },
  ];
  let open: Json;

  beforeAll(async () => {
    const applied = await submit('EXCHANGE', rows.slice(0, 1), { source: named, message: `Sent by ${PERSON}` });
    await apply(applied);
    open = await submit('EXCHANGE', rows, { source: named, message: `Sent by ${PERSON}` });
  });

  const READ =
    'query($id: ID!) { proposal(id: $id) { message source { title publisher url } items { nodes { proposed fields { proposed } problems { params path } } } } }';
  const proposal = async () => (await ask(READ, { id: open.id }, ADMIN)).data.proposal;

  test('is counted by a dry run, and leaves marks in them, open and closed', async () => {
    expect(await tablesWith(PERSON)).toMatchObject({ 'public.proposal': 2, 'public.proposal_item': 3 });
    const places = (await redact({ passage: PERSON, dryRun: true })).places.filter(
      ({ store }: Json) => store === 'PROPOSAL',
    );
    const inProposals = { store: 'PROPOSAL', subjectType: null, subjectId: null };
    expect(places).toEqual(
      expect.arrayContaining([
        { ...inProposals, field: 'citations', count: 2, excerpt: named.url },
        { ...inProposals, field: 'reason', count: 2, excerpt: `Sent by ${PERSON}` },
        { ...inProposals, field: 'title', count: expect.any(Number), excerpt: `Walk of ${PERSON}` },
      ]),
    );
    expect((await redact({ passage: PERSON })).userErrors).toEqual([]);
    expect(await tablesWith('buitenbeen')).toEqual({});
    expect(await proposal()).toMatchObject({
      message: 'Sent by [redacted]',
      source: { title: 'List of [redacted]', publisher: 'De Krant', url: 'https://redacted.invalid/' },
      items: {
        nodes: [
          { proposed: { ...rows[0], notes: 'By [redacted]' } },
          { proposed: { ...rows[1], kind: '[redacted]', 'title.en': 'Walk of [redacted]' } },
        ],
      },
    });
  });

  test('is redacted in the name that made a record a candidate', async () => {
    const house = { 'names.en': 'House of Wim Rietganger', kind: 'MINISTRY' };
    await apply(await submit('ORGANISATION', [house]));
    const { items } = await submit('ORGANISATION', [{ ...house, 'names.en': 'House of Wim Rietgangar' }]);
    expect(items.nodes[0].candidates[0].score).toBeGreaterThan(0);
    expect(await tablesWith('Wim Rietganger')).toHaveProperty(['public.proposal_item']);
    expect((await redact({ passage: 'Wim Rietganger' })).userErrors).toEqual([]);
    expect(await tablesWith('Wim Rietganger')).toEqual({});
  });

  test('is a conflict in a file from before the redaction, whose basis was redacted, too', async () => {
    const notes = 'Led by Vera Kwikzilver';
    const facts = { kind: 'MINISTRY', names: { en: 'Rowing club Aegir' }, notes };
    const { id, version } = await write('recordOrganisation', 'organisation', facts);
    const { latestChangeCursor: basis } = (await ask('{ latestChangeCursor }')).data;
    await redact({ passage: 'Vera Kwikzilver' });
    const sent = await submit('ORGANISATION', [{ id, version, notes }], { basis });
    expect(verdicts(sent)).toEqual(['CONFLICT']);
    await apply(sent);
    const { data } = await ask('query($id: ID!) { organisation(id: $id) { notes } }', { id });
    expect(data.organisation.notes).toBe('Led by [redacted]');
    await call('rejectProposal', { id: sent.id });
  });

  test('is redacted by record and field: of the rows about it alone', async () => {
    const id = 'tie-rotterdam-shanghai';
    const other = 'tie-delft-suzhou';
    const both = [
      { id, notes: 'A secret walk' },
      { id: other, notes: 'A secret walk' },
    ];
    open = await submit('PARTNERSHIP', both);
    expect((await redact({ id, field: 'notes' })).userErrors).toEqual([]);
    const { items } = await proposal();
    expect(items.nodes.map(({ proposed }: Json) => proposed.notes)).toEqual(['[redacted]', 'A secret walk']);
    expect(items.nodes[0].fields).toEqual([{ proposed: '[redacted]' }]);
  });

  test('is redacted in members and names of members of values that the register cannot read', async () => {
    const person = 'Teun Kwikstert';
    const row = {
      'names.en': 'House of cycling',
      kind: 'MINISTRY',
      contacts: [{ from: person, type: person, status: [person], name: person }],
      contactPoints: [{ type: person, value: 'x', [person]: 1 }, { type: 'EMAIL' }],
      extra: { [person]: { publishedOn: person, [`by ${person}`]: 1 } },
    };
    open = await submit('ORGANISATION', [row]);
    expect(verdicts(open)).toEqual(['REFUSED']);
    expect((await redact({ passage: person })).userErrors).toEqual([]);
    expect(await tablesWith(person)).toEqual({});
    const [{ proposed }] = (await proposal()).items.nodes;
    expect(proposed).toEqual(JSON.parse(JSON.stringify(row).replaceAll(person, '[redacted]')));
    // The names that the register itself gives to members stay.
    await redact({ passage: 'value' });
    expect((await proposal()).items.nodes[0].proposed.contactPoints[0]).toHaveProperty('value', 'x');
  });

  const PLACED = 'Quirijn Zaandonk';
  const ofProposals = async (input: Json) =>
    (await redact({ ...input, dryRun: true })).places
      .filter(({ store }: Json) => store === 'PROPOSAL')
      .map(({ field, count, excerpt }: Json) => [field, count, excerpt]);

  test('is redacted in the place of a report, which everybody reads, as a part of the field that it doubts', async () => {
    const id = 'tie-rotterdam-shanghai';
    const report = async (doubted: string) => {
      const input = { subjectId: id, field: 'notes', doubted, proposed: 'A walk', message: 'It was another.' };
      const { proposal } = await call('reportError', input);
      await decide(proposal, [{ itemId: proposal.items.nodes[0].id, decision: 'ACCEPT' }]);
      return proposal;
    };
    const place = async (proposal: Json) => {
      const document = 'query($id: ID!) { proposal(id: $id) { items { nodes { place } } } }';
      return (await ask(document, { id: proposal.id })).data.proposal.items.nodes[0].place;
    };
    const named = await report(`By ${PLACED}`);
    const other = await report('By somebody');
    expect(await tablesWith(PLACED)).toEqual({ 'history.proposal_item': 1, 'public.proposal_item': 1 });
    expect(await ofProposals({ passage: PLACED })).toEqual([['place', 1, `By ${PLACED}`]]);
    await redact({ passage: PLACED, id, field: 'citations' });
    expect(await place(named)).toBe(`By ${PLACED}`);
    expect((await redact({ passage: PLACED, id, field: 'notes' })).userErrors).toEqual([]);
    expect([await place(named), await place(other)]).toEqual(['By [redacted]', 'By somebody']);
    expect(await tablesWith(PLACED)).toEqual({});
    expect((await redact({ id, field: 'notes' })).userErrors).toEqual([]);
    expect([await place(named), await place(other)]).toEqual(['[redacted]', '[redacted]']);
  });

  test('is redacted in places of rows, references and names of columns; ids of records and columns of the register stay', async () => {
    const { organisation } = await mutate(
      'recordOrganisation',
      { kind: 'MINISTRY', names: { en: `Office of ${PLACED}` } },
      'organisation { id }',
    );
    const { id } = organisation;
    const house = { 'names.en': 'House of walking', kind: 'MINISTRY' };
    const values = [
      house,
      house,
      { ...house, 'names.en': 'House of running', parent: PLACED },
      { ...house, 'names.en': 'House of rowing', [`Note of ${PLACED}`]: 'yes', [`Copy of ${PLACED}`]: '' },
      { id: PLACED, notes: 'A walk' },
      { ...house, 'names.en': 'House of skating', parent: id, notes: null },
      { ...house, 'names.en': 'House of sailing', parent: 'org-quirijn-zaandonk-junior' },
    ];
    const input = {
      concept: 'ORGANISATION',
      source: { title: 'List', publisher: 'De Krant' },
      rows: values.map((row, index) => ({ place: `${PLACED}, ${index + 1}`, values: row })),
    };
    open = (await call('submitProposal', input)).proposal;
    expect(verdicts(open)).toEqual(['CREATE', 'REFUSED', 'REFUSED', 'REFUSED', 'REFUSED', 'CREATE', 'REFUSED']);
    expect(await ofProposals({ passage: PLACED })).toEqual(
      expect.arrayContaining([
        ['place', 7, `${PLACED}, 1`],
        ['proposed', 2, `Copy of ${PLACED}`],
        ['parent', expect.any(Number), PLACED],
      ]),
    );
    const { remainingIds, places } = await redact({ passage: PLACED });
    expect(remainingIds).toEqual([id]);
    expect(JSON.stringify(places)).not.toContain(PLACED);
    expect(await tablesWith(PLACED)).toEqual({});
    const { items } = await proposal();
    expect(items.nodes.map(({ proposed }: Json) => proposed)).toEqual([
      ...values.slice(0, 2),
      { ...values[2], parent: '[redacted]' },
      { ...house, 'names.en': 'House of rowing', 'Note of [redacted]': 'yes', 'Copy of [redacted]': '' },
      { id: '[redacted]', notes: 'A walk' },
      values[5],
      { ...values[6], parent: 'org-[redacted]-junior' },
    ]);
    const problems = items.nodes.map(({ problems: [problem] }: Json) => problem);
    expect(problems).toMatchObject([
      undefined,
      { params: { place: '[redacted], 1' } },
      { params: { field: 'parent', value: '[redacted]' } },
      { params: { field: 'Note of [redacted]' }, path: ['values', 'Note of [redacted]'] },
      { params: { id: '[redacted]' } },
      undefined,
      { params: { value: 'org-[redacted]-junior' } },
    ]);
    expect(items.nodes[5].fields).toContainEqual({ proposed: id });
    await redact({ passage: 'parent' });
    expect((await proposal()).items.nodes[5].proposed).toEqual(values[5]);
  });
});

test('after all redactions, of withdrawn records too, tables, versions and log agree', async () => {
  expect((await verify(database())).differences).toEqual([]);
});
