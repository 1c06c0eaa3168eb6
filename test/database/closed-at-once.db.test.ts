import { test } from 'vitest';
import { createService } from '../../src/server/service.js';
import { openTestDatabase } from '../support/database.js';

test('a service that is closed while its listening connection is being opened ends', async () => {
  const database = await openTestDatabase();
  await (await createService(database, console.error)).close();
  await database.close();
});
