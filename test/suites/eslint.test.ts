import { fileURLToPath } from 'node:url';
import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint, type Linter } from 'eslint';
import { parse } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { clientSchema } from './schema.js';

/** Accepted findings of the strictest rules, with the reason; without `types`, in every type. */
const EXCEPTIONS: { rule: string; message?: RegExp; types?: RegExp; reason: string }[] = [
  {
    rule: 'strict-id-in-types',
    types: /^WebhookDelivery$/,
    reason: 'A delivery is a line of a short log, which is read with its webhook and cannot be asked for.',
  },
  {
    rule: 'alphabetize',
    reason: 'Fields are in reading order: identity, own values, relations.',
  },
  {
    rule: 'relay-edge-types',
    message: /^A list type should only wrap an edge type/,
    reason: 'Connections have `nodes` in addition to `edges`, and short lists of values are plain lists.',
  },
  {
    rule: 'relay-edge-types',
    message: /^Edge type's field `node` must implement `Node`/,
    types: /^(?:Change|Difference|Proposal|ProposalItem)Edge$/,
    reason:
      'A change is a log entry, identified by its cursor; a difference is computed; who sees a proposal depends on the client. None is a record.',
  },
  {
    rule: 'strict-id-in-types',
    types:
      /(?:Connection|Edge|Payload|Group)$|^(?:Change|Citation|Code|CodeList|ContactPoint|Coordinates|Difference|FieldChange|Names|PageInfo|ProposalCounts|ProposalField|ProposalSource|RateLimit|RecordRedaction|RedactedPlace|ReferringRecords|RowProblem|StatusPeriod|UserError|Viewer)$/,
    reason: 'Value objects and parts of a response have no identity of their own.',
  },
  {
    rule: 'require-nullable-result-in-root',
    reason: 'A payload may contain errors, and what has no arguments cannot be refused; neither is ever null.',
  },
  {
    rule: 'no-typename-prefix',
    types: /^Change$/,
    reason: 'A change set is a term of its own, of which a change is a part.',
  },
  { rule: 'no-root-type', reason: 'The rule is for schemas without mutations or subscriptions.' },
  {
    rule: 'require-field-of-type-query-in-mutation-result',
    reason: 'A payload has the changed record and the change, from which a client can query further.',
  },
];

const file = fileURLToPath(new URL('../../schema.graphql', import.meta.url));
const { 'flat/schema-all': all, 'flat/schema-relay': relay } = plugin.configs;

interface Finding {
  rule: string;
  message: string;
  type: string | undefined;
  line: number;
}

async function lint(schema: string): Promise<Finding[]> {
  const config = {
    files: ['**/*.graphql'],
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema } } },
    plugins: { '@graphql-eslint': plugin },
    rules: { ...all.rules, ...relay.rules },
  } as unknown as Linter.Config;
  const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: [config] });
  const [result] = await eslint.lintText(schema, { filePath: file });
  const definitions = parse(schema).definitions.map(definition => ({
    name: 'name' in definition ? definition.name?.value : undefined,
    first: definition.loc?.startToken.line ?? 0,
  }));
  return (result?.messages ?? []).map(({ ruleId, message, line }) => ({
    rule: String(ruleId).replace('@graphql-eslint/', ''),
    message,
    type: definitions.findLast(({ first }) => first <= line)?.name,
    line,
  }));
}

const isAccepted = ({ rule, message, types }: (typeof EXCEPTIONS)[number], finding: Finding) =>
  finding.rule === rule && (!message || message.test(finding.message)) && (!types || types.test(finding.type ?? ''));

let findings: Finding[];
beforeAll(async () => {
  findings = await lint(await clientSchema());
});

test('the strictest rules find nothing but the accepted exceptions', () => {
  expect(Object.keys({ ...all.rules, ...relay.rules }).length).toBeGreaterThan(20);
  expect(findings.filter(finding => !EXCEPTIONS.some(exception => isAccepted(exception, finding)))).toEqual([]);
});

test.each(EXCEPTIONS.map(exception => [exception.rule, exception] as const))(
  'the exception to %s is still needed',
  (_, exception) => {
    expect(findings.filter(finding => isAccepted(exception, finding)).length).toBeGreaterThan(0);
  },
);

test('a list without a connection type and a field without a description are reported', async () => {
  const reported = await lint(
    'type Query {\n  "All."\n  all: AllConnection\n  one: String\n}\n"None."\ntype AllConnection { nodes: Int }',
  );
  const rules = reported.map(({ rule }) => rule);
  for (const rule of ['relay-connection-types', 'relay-arguments', 'require-description'])
    expect(rules).toContain(rule);
});
