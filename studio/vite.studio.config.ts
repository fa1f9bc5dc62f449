// SPDX-License-Identifier: MIT
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { oneFile } from './one-file.ts';

/** The studio: its files go into the program as one. */
export default defineConfig({
  build: {
    target: 'es2022',
    emptyOutDir: false,
    assetsInlineLimit: 0, // its policy allows files of its own only
    chunkSizeWarningLimit: 3000,
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: {
      input: 'studio.html',
      output: { entryFileNames: 'assets/early.js', chunkFileNames: 'assets/[name].js', assetFileNames: 'assets/[name][extname]' },
    },
  },
  plugins: [svelte(), oneFile()],
});
