import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['test/unit/setup.ts'],
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 60_000,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          // Much of a run on containers is waiting: two files at once. They begin when the unit tests have ended.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          globalSetup: ['test/integration/setup.ts'],
        },
      },
    ],
  },
});
