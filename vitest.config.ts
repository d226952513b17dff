import { defineConfig } from 'vitest/config'

/** What is worth running on both databases: what races, what is refused by guards. Aggregates have their contracts. */
const onBothDatabases = [
  'test/operations/audit-kill.test.ts',
  'test/help-desk/audit-of-transactions.test.ts',
  'test/help-desk/backchannel-rest.test.ts',
  'test/help-desk/help-desk.test.ts',
  'test/journeys/journey-revisions.test.ts',
  'test/help-desk/live-feed.test.ts',
  'test/oauth/replays.test.ts',
  'test/help-desk/verifications.test.ts',
]

export default defineConfig({
  test: {
    globalSetup: [
      'test/support/outside-programs.ts',
      'test/support/built-pages.ts',
      'test/support/postgres-databases.ts',
    ],
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
          include: ['src', 'tools', 'quality', 'web'].map((folder) => `${folder}/**/*.test.ts`),
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
