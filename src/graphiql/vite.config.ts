import { defineConfig } from 'vite';
import { fontFiles } from './fonts-plugin.js';
import { outlines } from './outlines-plugin.js';

export default defineConfig({
  root: import.meta.dirname,
  // The page is served at …/graphql and its files at …/graphiql/. Relative URLs work under any path prefix of a
  // reverse proxy.
  base: './',
  plugins: [outlines(), fontFiles()],
  // As graphql-js says: it would compare the names of types in each check of one, as it does in development.
  define: { 'globalThis.process': 'true' },
  build: {
    outDir: '../../dist/graphiql',
    emptyOutDir: true,
    // For the notices of a release; the server does not serve it.
    license: { fileName: '.vite/licenses.json' },
    assetsDir: 'graphiql',
    // The Content-Security-Policy allows files of our own origin only, so no asset is inlined as a data: URL.
    assetsInlineLimit: 0,
    // Monaco is one chunk of 2.8 MB that cannot be split further; suppress the warning.
    chunkSizeWarningLimit: 3000,
    // 'use client' in GraphiQL's packages has no effect here and would log about a hundred warnings.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
