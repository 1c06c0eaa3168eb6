import { expect, test } from 'vitest';
import { isStatementFault } from '../../src/database/replicas/statement-fault.js';
import { graphqlError } from '../../src/graph/errors.js';
import { message } from '../../src/messages/message.js';

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

test.each([
  ['a syntax error', withCode('42601'), true],
  ['a statement that took too long', withCode('57014'), true],
  ['a limit of the client', graphqlError('RATE_LIMITED', message('CONNECTIONS_IN_USE', { limit: 3 })), true],
  ['a statement that recovery cancelled', withCode('40001'), false],
  ['a server that is stopped', withCode('57P01'), false],
  ['a server that does not admit the role', withCode('28P01'), false],
  ['a server that does not admit the host', withCode('28000'), false],
  ['a server whose certificate has expired', withCode('CERT_HAS_EXPIRED'), false],
  ['a server that is not there', withCode('ECONNREFUSED'), false],
  ['a server that does not answer', new Error('timeout exceeded when trying to connect'), false],
])('%s', (_, error, isFault) => {
  expect(isStatementFault(error)).toBe(isFault);
});
