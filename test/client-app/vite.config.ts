import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const client = (file: string) => fileURLToPath(new URL(`../../src/client/${file}`, import.meta.url));

export default defineConfig({
  root: import.meta.dirname,
  // The sources of the package; an app of its own installs it.
  resolve: {
    alias: [
      { find: /^stedenband\/client$/, replacement: client('index.ts') },
      { find: /^stedenband\/client\/indexeddb$/, replacement: client('indexeddb-store.ts') },
    ],
  },
});
