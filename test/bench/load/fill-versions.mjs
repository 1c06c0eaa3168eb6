// Replaces the versions of the register in DATABASE_URL by those that its log gives, as the migration of an older register does.
import { fillVersions } from '../../../dist/database/history/fill-versions.js';
import { openDatabase } from '../../../dist/database/open.js';
import { readConfig } from '../../../dist/config/config.js';

const { em, close } = await openDatabase(readConfig(process.env).storage);
try {
  await em.fork().transactional(fillVersions);
} finally {
  await close();
}
