// Starts the bundled server with the compile cache of V8. Reading, linking and compiling a thousand separate modules
// takes longer than the rest of the start.
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 21)) {
  console.error(`stedenband needs Node.js 22.21 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
// Imported late: an older Node.js does not have the function, and would say so instead.
const { enableCompileCache } = await import('node:module');
enableCompileCache(fileURLToPath(new URL('compiled', import.meta.url)));
await import(new URL('bundle/main.js', import.meta.url).href);
