import { getNamedType, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import type { FactSubject } from '../../src/change/fact-subject.js';
import { REDACTABLE_FIELDS } from '../../src/redaction/fields.js';
import { createSchema } from '../../src/schema.js';

/** Types of inputs that hold texts which people write. */
const TEXTS = new Set(['String', 'NamesInput', 'HttpUrl', 'ContactPointInput']);
/** Texts that are codes, or belong to the call. */
const CODES = new Set(['code', 'wikidataId', 'projectCode', 'iatiId', 'idempotencyKey']);

test.each<[FactSubject, string]>([
  ['AUTHORITY' as FactSubject, 'Authority'],
  ['PARTNERSHIP' as FactSubject, 'Partnership'],
  ['PROGRAMME' as FactSubject, 'Programme'],
  ['EXCHANGE' as FactSubject, 'Exchange'],
  ['ORGANISATION' as FactSubject, 'Organisation'],
])('every text of %s that a mutation writes can be redacted', async (type, name) => {
  const input = (await createSchema()).getType(`Record${name}Input`);
  if (!isInputObjectType(input)) throw new Error(`There is no Record${name}Input.`);
  const texts = Object.values(input.getFields()).filter(field => TEXTS.has(getNamedType(field.type).name));
  const names = texts.map(field => field.name).filter(field => !CODES.has(field));
  expect(names).toContain('reason');
  expect(REDACTABLE_FIELDS[type]).toEqual(expect.arrayContaining(names));
});
