import 'reflect-metadata';
import { expect, test } from 'vitest';
import { asUserErrors } from '../../src/change/user-errors.js';

/** An error as the driver throws it: values and names are in its texts. */
const driverError = (code: string) =>
  Object.assign(new Error('value too long for "secret" in relation source'), {
    code,
    detail: 'secret',
    table: 'source',
  });

test.each([
  ['22P02', 'INVALID'],
  ['22001', 'INVALID'],
  ['23502', 'INVALID'],
  ['23503', 'INVALID'],
  ['23505', 'DUPLICATE'],
  ['23514', 'INVALID'],
  ['54000', 'INVALID'],
])('SQLSTATE %s is the mistake of a client: %s, without the words of the driver', (sqlState, code) => {
  const errors = asUserErrors(driverError(sqlState));
  expect(errors).toMatchObject([{ code, path: ['input'] }]);
  expect(JSON.stringify(errors)).not.toMatch(/secret|source|relation/);
});

test.each(['42P01', '08006', '57014', '40P01', 'XX000', 'ECONNREFUSED', undefined])('%s is none', code => {
  const error = driverError(code as string);
  expect(() => asUserErrors(error)).toThrow(error);
});

test.each([
  ['programme_iati_id_key', { iatiId: 'XI-1' }, ['input', 'iatiId'], { field: 'iatiId', value: 'XI-1' }],
  ['authority_code_key', { code: 'GM0599' }, ['input', 'code'], { field: 'code', value: 'GM0599' }],
  ['authority_code_key', {}, ['input'], {}],
  ['partnership_one_open_tie', { code: 'GM0599' }, ['input'], {}],
])('a value that another record has by %s in %o is at %j', (constraint, input, path, params) => {
  const error = new Error('flush failed', { cause: Object.assign(driverError('23505'), { constraint }) });
  expect(asUserErrors(error, input)).toMatchObject([{ code: 'DUPLICATE', rule: 'RECORD_DUPLICATE', path, params }]);
});
