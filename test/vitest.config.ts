import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

/**
 * Files share the modules of a worker: to load the server for each took a third of their time. So no test changes settings or
 * modules of its process, or it restores them.
 */
const SHARED = { isolate: false, setupFiles: ['test/support/load-server.ts'] };

/** Runs `*.db.test.ts` on both databases; all other tests run once, on PostgreSQL, which takes less CPU. */
const onDatabase = (database: 'pglite' | 'postgresql') => ({
  extends: true as const,
  test: { ...SHARED, name: database, include: ['test/**/*.db.test.ts'], provide: { database } },
});

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Packages that import graphql as ESM and as CommonJS would else each get a realm of their own.
  resolve: { alias: [{ find: /^graphql$/, replacement: `${dirname(require.resolve('graphql'))}/index.js` }] },
  test: {
    globalSetup: ['test/support/global.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A page that waits for an answer on a busy machine needs more than the second of the default.
    expect: { poll: { timeout: 15_000 } },
    // An embedded database takes half a gigabyte and a core.
    maxWorkers: 2,
    // graphql-js drops errors of list items that the response has, too; see src/server/graphql/orphaned-errors.ts.
    onUnhandledError: ({ name, message }) =>
      !(name === 'GraphQLError' && message.startsWith('Argument "if" of non-null type')),
    projects: [
      onDatabase('pglite'),
      onDatabase('postgresql'),
      {
        extends: true,
        test: {
          ...SHARED,
          name: 'once',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.db.test.ts', 'test/bench/**', 'test/suites/**'],
          provide: { database: 'postgresql' },
        },
      },
      {
        extends: true,
        // Apollo's suite is written for Jest; what it uses of it, Vitest has by the same names.
        resolve: {
          alias: {
            '@jest/globals': fileURLToPath(new URL('suites/jest.ts', import.meta.url)),
            // As the package exports them.
            'stedenband/client': fileURLToPath(new URL('../src/client', import.meta.url)),
          },
        },
        test: {
          name: 'suites',
          include: ['test/suites/*.test.ts'],
          provide: { database: 'postgresql' },
          server: { deps: { inline: [/server-integration-testsuite/] } },
        },
      },
    ],
  },
});
