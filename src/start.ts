// Starts the bundled server with the code cache of V8. Reading, linking and compiling a thousand separate modules takes longer
// than the rest of the start.
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 21)) {
  console.error(`stedenband needs Node.js 22.21 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
const { loadBundle } = await import('./load-bundle.js');
const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
loadBundle(pathOf('bundle/main.cjs'), pathOf('compiled'));
