import { expect, test } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { exportedRows, proposalCalls, verdicts } from '../support/proposals.js';

const { ask, database } = testApi();
const { submit } = proposalCalls(ask);

test.each([99, 99_999_999_999, '99'])(
  'a row of the version %j, which its record does not have, is refused if it has edits',
  async version => {
    const id = 'tie-rotterdam-shanghai';
    const { notes } = (await ask(`{ partnership(id: "${id}") { notes } }`)).data.partnership;
    const proposal = await submit('PARTNERSHIP', [
      { id, version, notes: 'Edited' },
      { id, version, notes },
    ]);
    expect(verdicts(proposal)).toEqual(['REFUSED', 'SAME']);
    expect(proposal.items.nodes[0].problems).toMatchObject([{ rule: 'VERSION_NOT_YET', path: ['values', 'version'] }]);
  },
);

test('cells that no proposal can change are unedited as they were at the basis, those of other records too', async () => {
  const id = 'tie-emmen-shangluo';
  const versions = `{ latestChangeCursor partnership(id: "${id}") { version }
    authority(id: "nl-emmen") { version names { nl en zh pinyin aliases } } }`;
  const { latestChangeCursor: basis, partnership, authority } = (await ask(versions)).data;
  const exported = async (isFlat: boolean) =>
    (await exportedRows(database(), 'partnerships', isFlat, true)).filter(row => row.id === id);
  const rows = [...(await exported(false)), ...(await exported(true))];
  const write = async (name: string, input: Json) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation($input: ${type}!) { ${name}(input: $input) { userErrors { message } } }`;
    expect((await ask(document, { input }, ADMIN)).data[name].userErrors).toEqual([]);
  };
  await write('endPartnership', { id, expectedVersion: partnership.version, since: '2025', reason: 'A test' });
  const names = { ...authority.names, nl: 'Nieuw-Emmen' };
  await write('reviseAuthority', { id: 'nl-emmen', expectedVersion: authority.version, names });
  const rulesOf = ({ items }: Json) =>
    items.nodes.map(({ problems }: Json) => problems.map(({ rule, path }: Json) => [rule, path.at(-1)]));
  const edited = await submit('PARTNERSHIP', [...rows, { ...rows[0], 'dutch.names.nl': 'Gruno' }], { basis });
  expect(verdicts(edited)).toEqual(['SAME', 'SAME', 'REFUSED']);
  expect(rulesOf(edited)).toEqual([[], [], [['ROW_COLUMN_READ_ONLY', 'dutch.names.nl']]]);
  // By its version alone, nobody knows what its cells of other records were.
  const stated = await submit('PARTNERSHIP', rows);
  expect(verdicts(stated)).toEqual(['SAME', 'SAME']);
  const notices = ['dutch.names.nl', 'statusPeriods'].map(path => ['ROW_COLUMN_COMPUTED', path]);
  for (const rules of rulesOf(stated)) expect(rules.toSorted()).toEqual(notices);
});
