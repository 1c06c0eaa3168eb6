import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { testApi } from '../support/api.js';
import { questionFiles, questions } from '../support/questions.js';

/**
 * The number of SQL statements of each question, regardless of the number of rows: none for a list that is
 * fetched with its record, else at most one for a level and type, and one more for each `totalCount` below the root. A list with
 * other arguments is another list.
 */
const statementsOf: Record<string, number> = {
  '01-earliest-tie': 1,
  '02-ended-between-two-days': 2,
  '03-status-on-a-day': 3,
  '04-province-and-its-municipalities': 4,
  '05-search-in-any-language': 4,
  '06-search-by-hanzi': 4,
  '07-provinces-with-and-without-a-tie': 3,
  '08-municipal-ties-by-province': 2,
  '09-ties-of-one-province': 4,
  '10-ties-by-decade-and-status': 1,
  '11-active-on-a-day': 2,
  '12-fifty-years': 5,
  '13-origins': 2,
  '14-at-the-request-of-the-state': 2,
  '15-encouraged-by-their-province': 2,
  '16-approached-or-asked': 2,
  '17-motives-support-and-dialogue': 6,
  '18-themes': 1,
  '19-kinds-of-exchanges': 1,
  '20-exchanges-by-kind-and-decade': 1,
  '21-museums-arts-and-schools': 4,
  '22-culture-under-ended-ties': 1,
  '23-ended-or-dormant-and-why': 3,
  '24-evidence-of-one-tie': 2,
  '25-sources-that-disagree': 2,
  '26-partners-of-the-hague': 4,
  '27-within-a-chinese-province': 1,
  '28-most-ties': 4,
  '29-vng-international-portfolio': 2,
  '30-new-programmes-of-2021': 2,
  '31-information-and-contact-point': 2,
  '32-vng-and-cpaffc': 4,
  '33-planned-but-not-seen-to-happen': 1,
  '34-what-to-check-first': 1,
  '35-and-or-not': 1,
  '36-newest-from-the-back': 1,
  '37-records-by-id-and-code': 6,
  '38-all-ties-on-the-map': 2,
  '39-ties-on-a-day': 3,
  '40-ties-over-time': 3,
  '41-ties-by-province': 2,
  '42-history-that-people-read': 4,
  '43-one-label-for-all': 1,
  '44-newest-changes': 2,
  '45-as-it-stood': 4,
  '46-one-bad-argument': 1,
  '47-ties-by-province-decade-and-status': 2,
  '48-ended-or-dormant-by-whom': 4,
  '49-network-of-an-authority': 2,
};

const operationsOf = (query: string) =>
  parse(query).definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );

const { ask } = testApi();

test.each(questions)(
  '$name gets the answer that stands beside it, in the stated number of statements',
  async question => {
    const { name, query, variables } = question;
    const { data, errors, statements } = await ask(query, variables);
    expect(errors?.map(({ path, extensions }) => ({ path, code: extensions?.code }))).toEqual(question.errors);
    expect(data).toEqual(question.answer);
    expect(statements).toHaveLength(statementsOf[name] as number);
  },
);

test('every question begins with its title in English, Dutch and Chinese, and names its one operation', () => {
  for (const { name, query } of questions) {
    expect(query, name).toMatch(/^# .+[?.]\n# .+[?.]\n# .*\p{Script=Han}.*[？。]\nquery [A-Z]\w+/u);
    expect(operationsOf(query), name).toHaveLength(1);
  }
});

test('every answer, every variables and every number of statements belongs to a question', () => {
  const names = questions.map(({ name }) => name);
  const strays = questionFiles.filter(
    file => !names.includes(file.replace(/(\.variables|\.errors)?\.(json|graphql)$/, '')),
  );
  expect(strays).toEqual([]);
  expect(Object.keys(statementsOf)).toEqual(names);
});
