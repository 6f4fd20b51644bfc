import { defineConfig } from 'vitest/config';

/** Suites that need nothing but Node; everything else shares one embedded platform per run. */
const withoutPlatform = [
    'tests/unit/**/*.test.ts',
    'tests/simulators/**/*.test.ts',
    'tests/deploy/**/*.test.ts',
];

export default defineConfig({
    test: {
        // The suites on the platform mostly wait, so more files than cores run at once.
        maxWorkers: 4,
        projects: [
            {
                test: {
                    name: 'unit',
                    include: withoutPlatform,
                    setupFiles: ['tests/setup/each-file.ts'],
                },
            },
            {
                test: {
                    name: 'desk',
                    include: ['tests/{platform,db,functions,e2e}/**/*.test.ts'],
                    setupFiles: ['tests/setup/each-file.ts'],
                    globalSetup: ['tests/support/platform.ts'],
                    testTimeout: 20_000,
                    hookTimeout: 30_000,
                },
            },
            {
                test: {
                    // Needs Chromium, which npm does not carry: `npm run test:browser`, not part of `npm test`.
                    name: 'browser',
                    include: ['tests/browser/**/*.test.ts'],
                    setupFiles: ['tests/setup/each-file.ts'],
                    globalSetup: ['tests/support/platform.ts'],
                    testTimeout: 60_000,
                    hookTimeout: 60_000,
                },
            },
            {
                test: {
                    // Kills processes: each file has a platform of its own. `npm run test:faults`, not part of `npm test`.
                    name: 'faults',
                    include: ['tests/faults/**/*.test.ts'],
                    setupFiles: ['tests/setup/each-file.ts'],
                    fileParallelism: false,
                    testTimeout: 40_000,
                    hookTimeout: 60_000,
                },
            },
        ],
        coverage: {
            provider: 'v8',
            include: ['functions/**/*.ts', 'shared/**/*.ts'],
            exclude: ['tests/**', 'shared/database.types.ts'],
            thresholds: { lines: 80, branches: 80 },
            reporter: ['text-summary', 'json-summary'],
        },
    },
});
