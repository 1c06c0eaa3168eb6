import { expect, test } from 'vitest';
import { testApi } from '../support/api.js';
import { proposalCalls, verdicts } from '../support/proposals.js';

const { ask } = testApi();
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
