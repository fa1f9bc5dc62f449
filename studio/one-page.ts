// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const sha256 = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Licences that ask to travel with what is bundled, as a comment. */
function licences(): string {
  const texts = ['three', '@fontsource-variable/inter'].map((name) =>
    `${name}\n\n${readFileSync(join(import.meta.dirname, 'node_modules', name, 'LICENSE'), 'utf8').trim()}`);
  // Two hyphens would end the comment.
  return `<!--\nThis page contains:\n\n${texts.join('\n\n').replaceAll('--', '==')}\n-->`;
}

/**
 * Puts the one script and the one style sheet into the page, with a policy that allows these two by
 * their hashes and nothing else: no request can leave the page, whatever the data says.
 */
export function onePage(): Plugin {
  return {
    name: 'defilada-one-page',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const page = files.find((file) => file.fileName.endsWith('.html'));
      const chunks = files.filter((file) => file.type === 'chunk');
      const styles = files.filter((file) => file.fileName.endsWith('.css'));
      if (page?.type !== 'asset' || chunks.length !== 1 || styles.length !== 1) {
        throw new Error(`expected a page, a script and a style sheet: ${Object.keys(bundle)}`);
      }
      const script = chunks[0].code.replaceAll('</script', '<\\/script').trim();
      const style = styles[0].type === 'asset' ? String(styles[0].source).trim() : '';
      const policy = [
        "default-src 'none'",
        `script-src ${sha256(script)}`,
        `style-src ${sha256(style)}`,
        'font-src data:',
        'img-src data: blob:',
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; ');
      // Functions as replacements: a '$' in the code must not be read as a pattern.
      page.source = String(page.source)
        .replace(/<script type="module"[^>]*><\/script>\s*/, '')
        .replace(/<link rel="stylesheet"[^>]*>\s*/, '')
        .replace('<!--policy-->', () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`)
        .replace('<!--licences-->', licences)
        .replace('<!--style-->', () => `<style>${style}</style>`)
        .replace('<!--script-->', () => `<script type="module">${script}</script>`);
      for (const file of [...chunks, ...styles]) delete bundle[file.fileName];
    },
  };
}
