import { expect, test } from 'vitest';
import { ADMIN, type testApi } from './api.js';
import { brief, fingerprint, type Json, recordField } from './calls.js';

/** Matches text that no message may contain: SQL, names of tables, columns and constraints, drivers. */
const INTERNALS = /\b(insert into|update|select|violates|constraint|relation|column|_id\b|_on\b)\b|MikroORM|kysely/i;

/** Checks that an error has texts of their own in Dutch and Chinese, with all parameters filled in. */
export function expectTranslated({ message, nl, zh }: Json): void {
  expect(nl).not.toBe(message);
  expect(zh).not.toBe(message);
  expect([message, nl, zh].join(' ')).not.toMatch(/\{\w+\}|undefined|null\b(?<!with null)/);
}

/** A call that is refused: with which code, at which place of the input, in which words. */
export type Refused = [what: string, mutation: string, input: Json, code: string, path: string, message: RegExp];

/** Tests that calls are refused with exactly one error and not a trace in the database. */
export const refusals =
  ({ ask, database }: ReturnType<typeof testApi>) =>
  (cases: Refused[]): void => {
    /** The state after the case before. */
    let state: Record<string, string> | undefined;
    test.each(cases)('%s', async (_, mutation, input, code, path, message) => {
      const before = state ?? (await fingerprint(database()));
      const { data, errors } = await ask(brief(mutation), { input }, ADMIN);
      expect(errors).toBeUndefined();
      const { userErrors, change, [recordField(mutation)]: record } = data[mutation];
      expect(userErrors).toEqual([
        {
          code,
          path: ['input', ...path.split('.').filter(Boolean)],
          rule: expect.stringMatching(/^[A-Z_]+$/),
          params: expect.any(Object),
          message: expect.stringMatching(message),
          nl: expect.any(String),
          zh: expect.stringMatching(/\p{Script=Han}/u),
          currentVersion: null,
          changedFields: null,
        },
      ]);
      expect(userErrors[0].message).not.toMatch(INTERNALS);
      expectTranslated(userErrors[0]);
      expect({ change, record }).toEqual({ change: null, record: null });
      state = await fingerprint(database());
      expect(state).toEqual(before);
    });
  };

/** Inputs of each concept that only lack what is wrong with them; those of records that are there name their version. */
export const inputs = {
  tie: (more: Json) => ({ dutch: 'nl-zoetermeer', chinese: 'cn-nanjing', kind: 'FRIENDSHIP', ...more }),
  rotterdam: (more: Json) => ({ id: 'nl-rotterdam', expectedVersion: 1, ...more }),
  brabant: (more: Json) => ({ id: 'tie-prov-noord-brabant-prov-jiangsu', expectedVersion: 1, ...more }),
  town: (more: Json) => ({ names: { en: 'Nowhere' }, dutchLevel: 'MUNICIPALITY', ...more }),
  exchange: (more: Json) => ({ kind: 'CULTURAL', title: { en: 'A show' }, status: 'HELD', ...more }),
  programme: (more: Json) => ({ names: { en: 'A plan' }, ...more }),
  ministry: (more: Json) => ({ kind: 'MINISTRY', names: { en: 'Of nothing' }, ...more }),
  vng: (more: Json) => ({ id: 'org-vng', expectedVersion: 1, ...more }),
  rcro: (more: Json) => ({ id: 'exch-rotterdam-shanghai-rcro', expectedVersion: 1, ...more }),
  iurc: (more: Json) => ({ id: 'prog-vngi-iurc-china', expectedVersion: 1, ...more }),
};
