import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/vscode/**', 'test/e2e/**', 'test/pytorch/**'],
          setupFiles: 'test/fixedSeed.ts',
        },
      },
      {
        test: {
          name: 'pytorch',
          include: ['test/pytorch/**/*.test.ts'],
          // Python reads PyTorch from the disk in every process.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'view',
          include: ['test/e2e/view/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000, interval: 50 } },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['test/e2e/view/**'],
          globalSetup: 'test/e2e/harness/globalSetup.ts',
          // One workbench at a time: two take a quarter less, but on two cores make each other's waits unpredictable.
          fileParallelism: false,
          // One browser for all files.
          isolate: false,
          // A moment in which a shared machine stands still must not sink a whole run; scripts/test.ts names who needed it.
          retry: process.env['CI'] ? 1 : 0,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000, interval: 100 } },
        },
      },
    ],
  },
});
