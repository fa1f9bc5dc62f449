// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8',
};

/** Licences of everything that is bundled, as a file beside it. */
function licences(packages: string[]): string {
  return packages.sort().map((name) => {
    const folder = join(import.meta.dirname, 'node_modules', name);
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each) && statSync(join(folder, each)).isFile());
    return `${name}\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()}`;
  }).join('\n\n----\n\n');
}

/** Packages of node_modules that a bundle holds. */
const packageOf = (id: string): string | undefined => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1];

/** The page's script, and what it needs, is fetched and compiled along with the small one that asks for it. */
const ahead = (page: string, needed: string[]): string =>
  page.replace('</head>', `${needed.map((name) => `<link rel="modulepreload" href="/${name}">\n`).join('')}</head>`);

/**
 * Packs the page's files into one, which the program embeds (apps/defilada/studio/client.cpp):
 * u32 length of a JSON table, the table [{name, type, offset, size}], the bytes.
 */
export function oneFile(): Plugin {
  return {
    name: 'defilada-one-file',
    enforce: 'post',
    generateBundle: { order: 'post', handler(_, bundle) { // when Vite has done with them
      const files = new Map<string, Buffer>();
      const packages = new Set<string>();
      const main = bundle['assets/main.js'];
      const needed = main?.type === 'chunk' ? [main.fileName, ...main.imports.filter((name) => name !== 'assets/early.js')] : [];
      for (const file of Object.values(bundle)) {
        const name = file.fileName.endsWith('.html') ? 'index.html' : file.fileName;
        files.set(name, Buffer.from(file.type === 'chunk' ? file.code : name === 'index.html' ? ahead(String(file.source), needed) : file.source));
        if (file.type === 'chunk') for (const id of Object.keys(file.modules)) packages.add(packageOf(id) ?? '');
        delete bundle[file.fileName];
      }
      packages.delete('');
      packages.add('@fontsource-variable/inter');
      files.set('licences.txt', Buffer.from(licences([...packages])));
      let offset = 0;
      const table = [...files].map(([name, bytes]) => {
        const row = { name, type: TYPES[/\.[a-z0-9]+$/.exec(name)?.[0] ?? ''] ?? 'application/octet-stream', offset, size: bytes.length };
        offset += bytes.length;
        return row;
      });
      const head = Buffer.from(JSON.stringify(table));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(head.length);
      this.emitFile({ type: 'asset', fileName: 'studio.pack', source: Buffer.concat([length, head, ...files.values()]) });
    } },
  };
}
