// How `npm start` starts: main.ts and all it needs as one file, with what V8 made of it the last time. Reading, linking
// and compiling a thousand files takes longer than all the rest of a start.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('compiled', import.meta.url)));
await import(new URL('bundle/main.js', import.meta.url).href);
