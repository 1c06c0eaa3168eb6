import { defineConfig } from 'vite';
import { outlines } from './outlines-plugin.js';

export default defineConfig({
  root: import.meta.dirname,
  // The page lives at …/graphql and its files at …/graphiql/: with every address relative to the one that names it,
  // both may stand below any prefix a reverse proxy puts in front.
  base: './',
  plugins: [outlines()],
  build: {
    outDir: '../../dist/graphiql',
    emptyOutDir: true,
    assetsDir: 'graphiql',
    // The Content-Security-Policy knows files of our own origin, so nothing is folded into the page.
    assetsInlineLimit: 0,
    // Monaco is one piece of 2.8 MB however it is cut, and nothing to be warned of at each build.
    chunkSizeWarningLimit: 3000,
    // 'use client' in GraphiQL's packages means nothing here and would be some hundred warnings.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
