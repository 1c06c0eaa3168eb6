// The packages in a release: their licences, and the software bill of materials.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Returns a package in its folder, as Vite describes those of the pages. */
function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(name => /^licen[cs]e|^copying/i.test(name));
  return { name, version, identifier: license, text: file && readFileSync(join(folder, file), 'utf8') };
}

/** Returns the folder of the package that a module belongs to; undefined for one of ours. */
function packageFolder(module) {
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module) ?? [];
  return folder && existsSync(join(folder, 'package.json')) ? folder : undefined;
}

/**
 * Returns all packages in a release, in the order of their names.
 *
 * @param modules Paths of the modules in the bundle of the server, and of others.
 */
export function packagesOf(modules) {
  const folders = new Set(modules.map(packageFolder).filter(Boolean));
  const ofPages = ['dist/graphiql', 'dist/embed'].flatMap(page =>
    JSON.parse(readFileSync(`${page}/.vite/licenses.json`, 'utf8')),
  );
  const packages = [...[...folders].map(readPackage), ...ofPages];
  const byId = new Map(packages.map(part => [`${part.name}@${part.version}`, part]));
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, part]) => ({ id, ...part }));
}

/** Returns the licences of packages as one text. */
export function noticesOf(packages) {
  const notices = packages.map(({ id, identifier, text }) => `${id} (${identifier})\n\n${text?.trim() ?? ''}`.trim());
  return `${notices.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

/**
 * Returns a bill of materials (CycloneDX) with these packages alone: those that npm installs to build are no part of a
 * release. It has neither a serial number nor the time, so that it is the same each time.
 */
export function billOf(packages) {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const { stdout, status } = spawnSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error('npm sbom failed.');
  const {
    serialNumber,
    metadata: { component },
    components,
    dependencies,
    ...bill
  } = JSON.parse(stdout);
  const ids = new Set(packages.map(({ id }) => id));
  const shipped = new Map(components.filter(part => ids.has(part['bom-ref'])).map(part => [part['bom-ref'], part]));
  const missing = [...ids].filter(id => !shipped.has(id));
  if (missing.length) throw new Error(`The bill of materials lacks ${missing.join(', ')}.`);
  const root = component['bom-ref'];
  const parts = dependencies
    .filter(({ ref }) => ref === root || shipped.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(id => shipped.has(id)) }));
  // npm takes the name of the folder.
  const metadata = { component: { ...component, name: root.split('@')[0] } };
  return { ...bill, metadata, components: [...shipped.values()], dependencies: parts };
}
