import { defineConfig } from 'vite';
import { outlines } from '../outlines-plugin.js';
import { questionSchema } from './schema-plugin.js';

/** Path of a module beside this file. */
const beside = (path: string) => `${import.meta.dirname}/${path}`;

export default defineConfig({
  root: import.meta.dirname,
  // The page is at …/embed/<view>, and its base is the parent of that: its files are at …/embed/.
  base: './',
  plugins: [outlines(), questionSchema()],
  resolve: {
    alias: {
      // The panels of the desk run without GraphiQL here, on a state of one question.
      '@graphiql/react': beside('one-question.ts'),
      // A page of 150 kB has no place for React.
      'react/jsx-runtime': 'preact/jsx-runtime',
      'react-dom/client': 'preact/compat/client',
      'react-dom': 'preact/compat',
      react: 'preact/compat',
    },
  },
  // As graphql-js says: it would compare the names of types in each check of one, as it does in development.
  define: { 'globalThis.process': 'true' },
  build: {
    outDir: '../../../dist/embed',
    emptyOutDir: true,
    // For the notices of a release; the server does not serve it.
    license: { fileName: '.vite/licenses.json' },
    assetsDir: 'embed',
    assetsInlineLimit: 0,
    // All browsers that can run the page preload modules themselves.
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
