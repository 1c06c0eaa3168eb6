import { expect, test } from 'vitest';
import { checkValues } from '../../src/limits/json-values.js';

// graphql-js coerces each value of a variable, about 7 µs for an empty filter, before any limit of a resolver.
test.each([
  [
    'a long list',
    { or: Array(4_001).fill({}) },
    'variables.or.3998 is beyond the 4000 objects and lists of a request; send several requests.',
  ],
  [
    'many objects in short lists',
    { or: Array(100).fill({ and: Array(50).fill({}) }) },
    /^variables\.or\.\d+\.and\.\d+ is beyond the 4000 objects and lists of a request; send several requests\.$/,
  ],
])('%s is refused before its values are coerced', (_, value, message) => {
  expect(() => checkValues(value, 'variables')).toThrow(message);
});

test('the representations of a federation router are accepted', () => {
  const representations = Array(1_000).fill({ __typename: 'Authority', id: 'nl-rotterdam' });
  expect(() => checkValues({ representations }, 'variables')).not.toThrow();
});
