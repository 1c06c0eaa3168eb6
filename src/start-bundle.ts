const pathOf = (path: string) => process.getBuiltinModule('node:url').fileURLToPath(new URL(path, import.meta.url));

/**
 * Starts a bundled program with the code cache of V8. Reading, linking and compiling a thousand separate modules takes longer than
 * the rest of a start. Resolves when the program has ended, if its module exports the promise of that: a bundle of CommonJS cannot
 * have a top-level await, without which Node.js exits with 0 when nothing is left that could settle the promise.
 */
export async function startBundle(name: string): Promise<void> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 21)) {
    console.error(`stedenband needs Node.js 22.21 or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
  const { loadBundle } = await import('./load-bundle.js');
  const { ended } = loadBundle(pathOf(`bundle/${name}.cjs`), pathOf('compiled')) as { ended?: Promise<void> };
  await ended;
}
