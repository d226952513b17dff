import { defineConfig } from 'vitest/config'

/** What is worth running on both databases: what races, what is refused by guards. Aggregates have their contracts. */
const onBothDatabases = [
  'test/audit-kill.test.ts',
  'test/audit-of-transactions.test.ts',
  'test/backchannel-rest.test.ts',
  'test/help-desk.test.ts',
  'test/journey-revisions.test.ts',
  'test/live-feed.test.ts',
  'test/oauth-replays.test.ts',
  'test/verifications.test.ts',
]

export default defineConfig({
  test: {
    globalSetup: ['test/outside-programs.ts', 'test/built-pages.ts', 'test/postgres-databases.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    // Browser tests wait more than they work: two at a time keep two cores busy.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['src', 'tools', 'torture', 'web', 'bench'].map((folder) => `${folder}/**/*.test.ts`),
          // They keep nothing in modules, and loading these for each file took as long as the tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['test/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'postgres', include: onBothDatabases, env: { SIDEGATE_TEST_DATABASE: 'postgres' } },
      },
    ],
  },
})
