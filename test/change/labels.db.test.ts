import { describe, expect, test } from 'vitest';
import { ANONYMOUS, type Identity, IdentityKind } from '../../src/access/identity.js';
import { AccessKey, newKey } from '../../src/access/key.js';
import { prepareOperation } from '../../src/server/graphql/prepare-operation.js';
import type { SharedEvents } from '../../src/server/subscriptions/shared-events.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { firstEvent } from '../support/feed.js';

const { ask, database, service } = testApi();

async function answer(query: string, variables?: Json, identity: Identity = ADMIN) {
  const { data, errors, statements } = await ask(query, variables, identity);
  expect(errors).toBeUndefined();
  return { data, statements } as { data: Json; statements: string[] };
}

async function write(mutation: string, input: Json, identity?: Identity): Promise<Json> {
  const name = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const type = `${name}Input`;
  const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { change { cursor subjectId } userErrors { message } } }`;
  const { change, userErrors } = (await answer(query, { input }, identity)).data[mutation];
  expect(userErrors).toEqual([]);
  return change;
}

/** All changes of the log, page by page. */
async function wholeLog(selection: string): Promise<Json[]> {
  const all: Json[] = [];
  for (let after: string | null = null; ; ) {
    const { changes }: Json = (
      await answer(
        `query($after: ChangeCursor) { changes(first: 100, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`,
        { after },
      )
    ).data;
    all.push(...changes.nodes);
    if (!changes.pageInfo.hasNextPage) return all;
    after = changes.pageInfo.endCursor;
  }
}

const historyOf = async (id: string, selection: string): Promise<Json[]> =>
  (
    await answer(`query($filter: ChangeFilter) { changes(filter: $filter) { nodes { ${selection} } } }`, {
      filter: { subjectIds: [id] },
    })
  ).data.changes.nodes;

describe('the record of a change', () => {
  test('has its label, for a hundred changes in one statement a type', async () => {
    const all = await wholeLog('subjectType subjectLabel subject { ... on Labelled { label } }');
    expect(all.length).toBeGreaterThan(300);
    for (const { subjectLabel, subject } of all) expect(subjectLabel).toBe(subject.label);

    const filter = { subjectTypes: ['PARTNERSHIP', 'EXCHANGE'] };
    const { data, statements } = await answer(
      'query($filter: ChangeFilter) { changes(first: 100, filter: $filter) { nodes { subjectType subjectLabel(language: NL) } } }',
      { filter },
    );
    expect(new Set(data.changes.nodes.map(({ subjectType }: Json) => subjectType))).toEqual(
      new Set(['PARTNERSHIP', 'EXCHANGE']),
    );
    expect(data.changes.nodes[0].subjectLabel).toMatch(/ – /);
    expect(statements).toHaveLength(3);
  });

  test('has the label of today in changes from before it was renamed', async () => {
    const { subjectId: id } = await write('recordOrganisation', { kind: 'MINISTRY', names: { en: 'Old name' } });
    await write('reviseOrganisation', { id, expectedVersion: 1, names: { en: 'New name', zh: '新名' } });
    const labels = await historyOf(
      id,
      'subjectLabel zh: subjectLabel(language: ZH) subjectLabelLanguage(language: NL)',
    );
    const label = { subjectLabel: 'New name', zh: '新名', subjectLabelLanguage: 'EN' };
    expect(labels).toEqual([label, label]);
  });

  test('has the label that it had when it was withdrawn', async () => {
    const title = { en: 'A visit', nl: 'Een bezoek' };
    const side = { dutch: 'nl-delft' };
    const { subjectId: id } = await write('recordExchange', { kind: 'CULTURAL', status: 'HELD', title, ...side });
    await write('reviseExchange', { id, expectedVersion: 1, title: { ...title, nl: 'Het bezoek' } });

    const operation = prepareOperation(service().documents, {
      query:
        'subscription { changes { kind subject { id } subjectLabel(language: NL) subjectLabelLanguage(language: ZH) } }',
    }).operation;
    if (!operation) throw new Error('The subscription is valid.');
    await service().changes.refresh();
    const client = { identity: ANONYMOUS, address: '' };
    const { events } = await service().fanout.subscribe(operation, {}, client, () => undefined);
    await write('withdrawExchange', { id, expectedVersion: 2, reason: 'By mistake' });
    const event = await firstEvent(events as SharedEvents);
    const labels = { subjectLabel: 'Het bezoek', subjectLabelLanguage: 'EN' };
    expect(JSON.parse(String(event.json)).data.changes).toEqual({ kind: 'WITHDRAWN', subject: null, ...labels });

    const selection = 'kind subject { id } subjectLabel(language: NL) subjectLabelLanguage(language: ZH)';
    const { data, statements } = await answer(
      `query($filter: ChangeFilter) { changes(filter: $filter) { nodes { ${selection} } } }`,
      { filter: { subjectIds: [id, 'tie-rotterdam-shanghai'] } },
    );
    expect(data.changes.nodes.slice(1)).toEqual(
      ['RECORDED', 'REVISED', 'WITHDRAWN'].map(kind => ({ kind, subject: null, ...labels })),
    );
    // The page; the subjects and the labels of two types each, and the log for the withdrawn one.
    expect(statements).toHaveLength(6);
  });

  test('has the labels that its sides had, if they were withdrawn after it', async () => {
    const names = { nl: 'Verdwenen' };
    const { subjectId: dutch } = await write('recordAuthority', { dutchLevel: 'MUNICIPALITY', names });
    const { subjectId: id } = await write('recordPartnership', { kind: 'FRIENDSHIP', dutch, chinese: 'cn-shanghai' });
    await write('withdrawPartnership', { id, expectedVersion: 1, reason: 'By mistake' });
    await write('withdrawAuthority', { id: dutch, expectedVersion: 1, reason: 'By mistake' });
    const labels = await historyOf(id, 'zh: subjectLabel(language: ZH) subjectLabelLanguage(language: ZH)');
    expect(labels).toEqual(Array(2).fill({ zh: 'Verdwenen – 上海市', subjectLabelLanguage: 'NL' }));
  });
});

describe('a changed field', () => {
  const FIELDS =
    'subjectId fields { field before after nl: label(language: NL) en: label zh: label(language: ZH) pinyin: labelLanguage(language: PINYIN) beforeLabel afterLabel(language: NL) codeList { name } }';

  test('has a label in three languages, which the code list Field has, too', async () => {
    const { codes } = (
      await answer(
        '{ codeList(name: "Field") { codes { value nl: label(language: NL) en: label zh: label(language: ZH) } } }',
      )
    ).data.codeList;
    const byField = new Map(codes.map(({ value, ...labels }: Json) => [value, labels]));
    const seen = new Set<string>();
    for (const { fields } of await wholeLog(FIELDS)) {
      for (const { field, nl, en, zh, pinyin } of fields) {
        seen.add(field);
        expect([field, { nl, en, zh }]).toEqual([field, byField.get(field)]);
        expect(pinyin).toBe('EN');
      }
    }
    expect(seen.size).toBeGreaterThan(40);
  });

  test('names the code list of its values, and of no other field', async () => {
    const lists = new Map<string, string>(
      (await answer('{ codeLists { name codes { value label(language: NL) } } }')).data.codeLists.map(
        ({ name, codes }: Json) => [name, codes.map(({ value, label }: Json) => [value, label])],
      ),
    );
    const used = new Set<string>();
    for (const { fields } of await wholeLog(FIELDS)) {
      for (const { field, after, afterLabel, codeList } of fields) {
        const values = [after ?? []].flat();
        if (!codeList) {
          // A value of an enum is the only text of capitals in the log.
          for (const value of values)
            expect([field, value]).not.toEqual([field, expect.stringMatching(/^[A-Z]+_[A-Z_]+$/)]);
          continue;
        }
        used.add(codeList.name);
        const labels = new Map(lists.get(codeList.name) as unknown as [string, string][]);
        expect([field, afterLabel]).toEqual([field, values.map(value => labels.get(value)).join(', ') || null]);
      }
    }
    expect([...used].sort()).toEqual([
      'ChineseAuthorityLevel',
      'Confidence',
      'Country',
      'DialogueTopic',
      'DutchAuthorityLevel',
      'ExchangeKind',
      'ExchangeStatus',
      'ExchangeSubkind',
      'OrganisationKind',
      'PartnershipKind',
      'PartnershipMotive',
      'PartnershipOrigin',
      'PartnershipStatus',
      'SupportBase',
      'Theme',
    ]);
  });

  test('shows values as people read them: codes, records, periods, names, sources', async () => {
    const [first] = await historyOf(
      'tie-groningen-tianjin',
      'fields { field label(language: NL) beforeLabel nl: afterLabel(language: NL) zh: afterLabel(language: ZH) }',
    );
    const text = (field: string) => (first as Json).fields.find((change: Json) => change.field === field);
    expect(text('dutch')).toEqual({
      field: 'dutch',
      label: 'Nederlandse kant',
      beforeLabel: null,
      nl: 'Groningen',
      zh: '格罗宁根',
    });
    expect(text('kind')).toMatchObject({ nl: 'Stedenband', zh: '友好城市' });
    expect(text('statusPeriods').nl).toMatch(/^status: Actief; vanaf: \d{4}/);
    expect(text('citations').nl).toMatch(/^titel: .*; uitgever: .*; webadres: http.*; ondersteunt: begindatum/);

    const id = 'org-vng-international';
    const input = { names: { en: 'VNG International', zh: '荷兰市政协会国际' }, notes: null, parent: null };
    await write('reviseOrganisation', { id, expectedVersion: 1, ...input });
    const { data, statements } = await answer(
      `query($filter: ChangeFilter) { changes(filter: $filter, first: 100) {
        nodes { fields { field beforeLabel afterLabel(language: ZH) } } } }`,
      { filter: { subjectIds: [id] } },
    );
    const fields = data.changes.nodes[1].fields;
    expect(fields.find(({ field }: Json) => field === 'parent')).toEqual({
      field: 'parent',
      beforeLabel: 'Association of Netherlands Municipalities (VNG)',
      afterLabel: null,
    });
    expect(fields.find(({ field }: Json) => field === 'names')).toEqual({
      field: 'names',
      beforeLabel: 'Dutch: VNG International; English: VNG International',
      afterLabel: '英语：VNG International；中文：荷兰市政协会国际',
    });
    expect(statements).toHaveLength(2);
  });

  test('a hundred changes with everything about them take one statement, and one for each type of record', async () => {
    const filter = { subjectTypes: ['PROGRAMME', 'EXCHANGE', 'PARTNERSHIP'] };
    const { data, statements } = await answer(
      `query($filter: ChangeFilter) { changes(first: 100, filter: $filter) { nodes { subjectLabel actorName ${FIELDS} } } }`,
      { filter },
    );
    expect(data.changes.nodes).toHaveLength(100);
    expect(statements.length).toBeLessThanOrEqual(6);
  });
});

describe('the name of the key that made a change', () => {
  const SELECTION = 'query($filter: ChangeFilter) { changes(filter: $filter) { nodes { actor actorName } } }';

  test('is for clients who may write, also after the key was revoked', async () => {
    const { id: keyId, hash } = newKey();
    const key = { id: keyId, hash, scopes: ['organisation:write' as const], expiresAt: null, revokedAt: null };
    await database()
      .em.fork()
      .insert(AccessKey, { ...key, name: 'Editor in Breda' });
    const editor: Identity = {
      kind: IdentityKind.KEY,
      actor: `key:${keyId}`,
      name: 'Editor in Breda',
      scopes: key.scopes,
      expiresAt: null,
    };
    const { subjectId } = await write('recordOrganisation', { kind: 'MINISTRY', names: { en: 'Of a key' } }, editor);
    await write('reviseOrganisation', { id: subjectId, expectedVersion: 1, city: 'Breda' }, ADMIN);
    const filter = { subjectIds: [subjectId] };
    const named = [
      { actor: `key:${keyId}`, actorName: 'Editor in Breda' },
      { actor: 'admin', actorName: null },
    ];
    const { data, statements } = await answer(SELECTION, { filter }, editor);
    expect(data.changes.nodes).toEqual(named);
    expect(statements).toHaveLength(2);

    await database().em.fork().nativeUpdate(AccessKey, { id: keyId }, { revokedAt: new Date() });
    expect((await answer(SELECTION, { filter }, ADMIN)).data.changes.nodes).toEqual(named);

    const withoutScopes: Identity = { ...editor, kind: IdentityKind.TOKEN, actor: 'token:reader', scopes: [] };
    for (const reader of [ANONYMOUS, withoutScopes]) {
      const { data: read, statements: sent } = await answer(SELECTION, { filter }, reader);
      expect(read.changes.nodes.map(({ actorName }: Json) => actorName)).toEqual([null, null]);
      expect(sent).toHaveLength(1);
    }
  });
});
