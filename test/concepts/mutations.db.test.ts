import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import {
  allCalls,
  brief,
  type Call,
  changeCount,
  deep,
  fingerprint,
  type Json,
  recordField,
} from '../support/calls.js';
import { expectTranslated } from '../support/refusals.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 10_000 });

const { ask, database } = testApi();

async function call(document: string, input: Json): Promise<Json> {
  const { data, errors } = await ask(document, { input }, ADMIN);
  expect(errors).toBeUndefined();
  return Object.values(data)[0];
}

async function searchIds(query: string): Promise<string[]> {
  const { data } = await ask(
    'query($query: String!) { search(query: $query, first: 100) { nodes { ... on Node { id } } } }',
    {
      query,
    },
  );
  return data.search.nodes.map(({ id }: { id: string }) => id);
}

/** Mutations of many records, of proposals and of webhooks have tests of their own. */
const OTHERS = /Proposal|Webhook|^recordExchanges$|^redactField$|^reportError$/;

test('every mutation of one record of the schema is called', async () => {
  const { data } = await ask('{ __type(name: "Mutation") { fields { name } } }');
  const names: string[] = data.__type.fields.map(({ name }: { name: string }) => name);
  expect(allCalls.map(({ mutation }) => mutation).sort()).toEqual(names.filter(name => !OTHERS.test(name)).sort());
});

/** Searches that find the record after a call, and searches that no longer do. */
const searches: Record<string, { finds?: [query: string, id: string][]; misses?: [query: string, id: string][] }> = {
  recordAuthority: {
    finds: [
      ['testtown', 'nl-testtown'],
      ['试验', 'nl-testtown'],
      ['proefdorp', 'nl-testtown'],
    ],
  },
  reviseAuthority: { finds: [['trialville', 'nl-testtown']], misses: [['testtown', 'nl-testtown']] },
  recordOrganisation: { finds: [['trial water', 'org-institute-of-trial-water']] },
  reviseOrganisation: {
    finds: [['closed', 'org-institute-of-trial-water']],
    misses: [['onderzoekt', 'org-institute-of-trial-water']],
  },
  recordPartnership: {
    finds: [
      ['trialville', 'tie-testtown-nanjing'],
      ['town hall', 'tie-testtown-nanjing'],
    ],
  },
  revisePartnership: { misses: [['town hall', 'tie-testtown-nanjing']] },
  recordProgramme: {
    finds: [
      ['trial water', 'prog-trial-water-programme'],
      ['trialville', 'prog-trial-water-programme'],
    ],
  },
  reviseProgramme: {
    finds: [['trial rain', 'prog-trial-water-programme']],
    misses: [['trialville', 'prog-trial-water-programme']],
  },
  recordExchange: { finds: [['proefwaterweek', 'exch-testtown-nanjing-trial-water-week']] },
  reviseExchange: { misses: [['南京', 'exch-testtown-nanjing-trial-water-week']] },
  withdrawExchange: { misses: [['trial river', 'exch-testtown-nanjing-trial-water-week']] },
  withdrawPartnership: { misses: [['trialville', 'tie-testtown-nanjing']] },
  withdrawProgramme: { misses: [['trial rain', 'prog-trial-water-programme']] },
  withdrawOrganisation: { misses: [['closed', 'org-institute-of-trial-water']] },
  withdrawAuthority: { misses: [['trialville', 'nl-testtown']] },
};

describe.each<Call>(allCalls)('$mutation', ({ mutation, input, payload }) => {
  test('with an expectedVersion of before is a CONFLICT, and writes nothing', async () => {
    if (input.expectedVersion === undefined) return;
    const before = await fingerprint(database());
    const expectedVersion = input.expectedVersion - 1;
    const answer = await call(brief(mutation), { ...input, expectedVersion });
    expect(answer).toMatchObject({
      change: null,
      userErrors: [{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }],
    });
    const [error] = answer.userErrors;
    expect(error.currentVersion).toBe(input.expectedVersion);
    expect(error.message).toContain(`version ${input.expectedVersion}`);
    expect(error.changedFields.length).toBeGreaterThan(0);
    expectTranslated(error);
    // The present record, so that a form can show what others wrote.
    expect(answer[recordField(mutation)]).toEqual({ id: input.id, version: input.expectedVersion });
    expect(await fingerprint(database())).toEqual(before);
  });

  test('as a dry run gives the whole answer, and writes nothing', async () => {
    const before = await fingerprint(database());
    expect(await call(deep(mutation), { ...input, dryRun: true })).toEqual(payload);
    expect(await fingerprint(database())).toEqual(before);
  });

  test('writes the record and one change, and answers with all that it leads to', async () => {
    const before = await changeCount(database());
    expect(await call(deep(mutation), input)).toEqual(payload);
    expect(await changeCount(database())).toBe(before + 1);
    const { data } = await ask(
      'query($id: ID!) { node(id: $id) { ... on Exchange { version } ... on Partnership { version } ... on Programme { version } ... on Organisation { version } ... on Authority { version } } }',
      { id: payload.change.subjectId },
    );
    const withdrawn = mutation.startsWith('withdraw');
    expect(data.node).toEqual(withdrawn ? null : { version: (input.expectedVersion ?? 0) + 1 });
    const { finds = [], misses = [] } = searches[mutation] ?? {};
    for (const [query, id] of finds) expect(await searchIds(query)).toContain(id);
    for (const [query, id] of misses) expect(await searchIds(query)).not.toContain(id);
  });
});

describe('a name that others are found by', () => {
  const renamed = async (mutation: string, id: string, names: Json) => {
    const { data } = await ask(
      'query($id: ID!) { node(id: $id) { ... on Authority { version } ... on Organisation { version } } }',
      { id },
    );
    const answer = await call(brief(mutation), { id, expectedVersion: data.node.version, names });
    expect(answer.userErrors).toEqual([]);
  };

  test('of an authority: its ties, exchanges and programmes are found by the new one only', async () => {
    const { data } = await ask(
      '{ programmes(first: 100) { nodes { id authorities { nodes { id } } } } authority(id: "nl-prov-zuid-holland") { partnerships { nodes { id } } exchanges(first: 100) { nodes { id } } } }',
    );
    const ids = [...data.authority.partnerships.nodes, ...data.authority.exchanges.nodes].map(({ id }: Json) => id);
    const programmes = data.programmes.nodes.filter(({ authorities }: Json) =>
      authorities.nodes.some(({ id }: Json) => id === 'nl-prov-zuid-holland'),
    );
    expect(programmes.length).toBeGreaterThan(0);
    await renamed('reviseAuthority', 'nl-prov-zuid-holland', { en: 'Zuidwesthoek', nl: 'Zuidwesthoek' });
    const after = await searchIds('zuidwesthoek');
    expect(after).toEqual(expect.arrayContaining([...ids, ...programmes.map(({ id }: Json) => id)]));
  });

  test('of an organisation: its programmes are found by it', async () => {
    await renamed('reviseOrganisation', 'org-vng-international', { en: 'Gemeentenbond Overzee' });
    expect(await searchIds('gemeentenbond')).toEqual(
      expect.arrayContaining(['org-vng-international', 'prog-vngi-iurc-china']),
    );
  });
});

describe('what is left out and what is null', () => {
  let before: Json;
  const FIELDS =
    'id version kind status statusSince startedOn endedOn lastEvidenceOn origin motives themes support dialogueTopics notes confidence encouragedBy { id } citations { supports source { title } }';
  const tie = async () =>
    (await ask(`{ partnership(id: "tie-prov-noord-brabant-prov-jiangsu") { ${FIELDS} } }`)).data.partnership;
  beforeAll(async () => {
    before = await tie();
  });

  test('only what is given changes', async () => {
    const { id, version } = before;
    const answer = await call(brief('revisePartnership'), { id, expectedVersion: version, notes: 'Only this.' });
    expect(answer).toMatchObject({ userErrors: [], partnership: { version: version + 1 } });
    expect(await tie()).toEqual({ ...before, version: version + 1, notes: 'Only this.' });
  });

  test('null clears what may be unknown', async () => {
    const { id, version } = await tie();
    await call(brief('revisePartnership'), { id, expectedVersion: version, notes: null, lastEvidenceOn: null });
    expect(await tie()).toEqual({ ...before, version: version + 1, notes: null, lastEvidenceOn: null });
  });

  test('a call that changes nothing leaves no change, and no new version', async () => {
    const { id, version } = await tie();
    const hash = await fingerprint(database());
    const { change, userErrors, partnership } = await call(brief('revisePartnership'), {
      id,
      expectedVersion: version,
      startedOn: before.startedOn,
      themes: before.themes,
      source: { title: 'Nothing new', publisher: 'Nobody' },
    });
    expect({ change, userErrors, partnership }).toEqual({ change: null, userErrors: [], partnership: { id, version } });
    expect(await fingerprint(database())).toEqual(hash);
  });

  test('a further source for a recorded fact is a change: a citation', async () => {
    const { id, version } = await tie();
    const source = { title: 'Says the same', publisher: 'Somebody', supports: ['startedOn'] };
    const input = { id, expectedVersion: version, startedOn: before.startedOn, source };
    const { change, userErrors, partnership } = await call(brief('revisePartnership'), input);
    expect({ userErrors, partnership }).toEqual({ userErrors: [], partnership: { id, version: version + 1 } });
    expect(change.kind).toBe('REVISED');
    expect((await tie()).citations.at(-1)).toEqual({ supports: ['startedOn'], source: { title: 'Says the same' } });
    expect(await ask(`{ partnership(id: "${id}") { history(last: 1) { nodes { fields { field } } } } }`)).toMatchObject(
      {
        data: { partnership: { history: { nodes: [{ fields: [{ field: 'citations' }] }] } } },
      },
    );
  });

  test('a source of the confidence alone is cited for it', async () => {
    const { id, version } = await tie();
    const source = { title: 'Doubts it', publisher: 'Somebody' };
    const input = { id, expectedVersion: version, confidence: 'CONFLICTING', source };
    expect((await call(brief('revisePartnership'), input)).userErrors).toEqual([]);
    expect((await tie()).citations.at(-1)).toEqual({ supports: ['confidence'], source: { title: 'Doubts it' } });
  });
});
