import { fileURLToPath } from 'node:url';
import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint, type Linter } from 'eslint';
import { parse } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { clientSchema } from './schema.js';

/** What the strictest rules find that stays as it is: where, and why. Without a place, in every type. */
const EXCEPTIONS: { rule: string; message?: RegExp; types?: RegExp; why: string }[] = [
  {
    rule: 'alphabetize',
    why: 'Parts stand in the order in which they are read: who it is, what it says, what it is tied to.',
  },
  {
    rule: 'relay-arguments',
    message: /^Field `(?:history|changes)` must contain an argument `(?:last|before)`/,
    why: 'The log is read as it was written, from the front.',
  },
  {
    rule: 'relay-edge-types',
    message: /^A list type should only wrap an edge type/,
    why: 'Connections have nodes beside edges, and what is a handful of values is a plain list.',
  },
  {
    rule: 'relay-edge-types',
    message: /^Edge type's field `node` must implement `Node`/,
    types: /^ChangeEdge$/,
    why: 'A change is a line of the log, found by its cursor; it is no record.',
  },
  {
    rule: 'strict-id-in-types',
    types:
      /(?:Connection|Edge|Payload|Group)$|^(?:Change|Citation|Code|CodeList|ContactPoint|Coordinates|FieldChange|Names|PageInfo|RateLimit|StatusPeriod|UserError|Viewer)$/,
    why: 'Values of a record and parts of an answer are nothing without it.',
  },
  {
    rule: 'require-nullable-result-in-root',
    why: 'A list may be empty and a payload may hold errors; neither is ever missing.',
  },
  { rule: 'no-root-type', why: 'The rule is for who wants a schema without mutations or subscriptions.' },
  {
    rule: 'require-field-of-type-query-in-mutation-result',
    why: 'A payload gives the changed record and the change; from there a client reads on.',
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

const isMeant = ({ rule, message, types }: (typeof EXCEPTIONS)[number], finding: Finding) =>
  finding.rule === rule && (!message || message.test(finding.message)) && (!types || types.test(finding.type ?? ''));

let findings: Finding[];
beforeAll(async () => {
  findings = await lint(await clientSchema());
});

test('the strictest rules find nothing but what has its reason here', () => {
  expect(Object.keys({ ...all.rules, ...relay.rules }).length).toBeGreaterThan(20);
  expect(findings.filter(finding => !EXCEPTIONS.some(exception => isMeant(exception, finding)))).toEqual([]);
});

test.each(EXCEPTIONS.map(exception => [exception.rule, exception] as const))(
  'the exception to %s is still needed',
  (_, exception) => {
    expect(findings.filter(finding => isMeant(exception, finding)).length).toBeGreaterThan(0);
  },
);

test('a list that is no connection is found, and a field without a description', async () => {
  const found = await lint(
    'type Query {\n  "All."\n  all: AllConnection\n  one: String\n}\n"None."\ntype AllConnection { nodes: Int }',
  );
  const rules = found.map(({ rule }) => rule);
  for (const rule of ['relay-connection-types', 'relay-arguments', 'require-description'])
    expect(rules).toContain(rule);
});
