import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: [
            'src/**/*.test.ts',
            'server/**/*.test.ts',
            'content/**/*.test.ts',
            'scripts/**/*.test.ts',
            'test/*.test.ts',
            'test/faults/**/*.test.ts',
            'test/oracle/**/*.test.ts',
          ],
        },
      },
      { extends: true, test: { name: 'dom', include: ['src/**/*.test.tsx'], environment: 'jsdom' } },
    ],
  },
});
