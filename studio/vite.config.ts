// SPDX-License-Identifier: MIT
import { defineConfig } from 'vitest/config';
import { onePage } from './one-page.ts';

export default defineConfig({
  build: {
    target: 'es2022',
    emptyOutDir: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER, // fonts go into the style sheet
    chunkSizeWarningLimit: 2000,
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: { input: 'playback.html' },
  },
  plugins: [onePage()],
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
