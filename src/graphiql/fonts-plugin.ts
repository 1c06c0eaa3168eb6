import { hash } from 'node:crypto';
import type { Plugin } from 'vite';

const EMBEDDED_FONT = /url\("?data:font\/(\w+);base64,([\w+/=]+)"?\)/g;

/**
 * Vite plug-in that writes embedded fonts to files beside the style sheet. GraphiQL embeds those of five alphabets, half a
 * megabyte that a page waits for before it is drawn; of files, a browser loads those whose characters it shows.
 */
export function fontFiles(): Plugin {
  return {
    name: 'font-files',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        const folder = file.fileName.slice(0, file.fileName.lastIndexOf('/') + 1);
        file.source = String(file.source).replaceAll(EMBEDDED_FONT, (_, format: string, base64: string) => {
          const name = `font-${hash('sha256', base64).slice(0, 8)}.${format}`;
          this.emitFile({ type: 'asset', fileName: `${folder}${name}`, source: Buffer.from(base64, 'base64') });
          return `url(${name})`;
        });
      }
    },
  };
}
