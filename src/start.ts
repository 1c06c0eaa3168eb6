// Starts the bundled server with the compile cache of V8. Reading, linking and compiling a thousand separate modules
// takes longer than the rest of the start.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('compiled', import.meta.url)));
await import(new URL('bundle/main.js', import.meta.url).href);
