import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { SlowestFiles } from './test/support/slowest-files.ts'

/** Tests of races and guards, which depend on the database. Each aggregate has a contract test for both as well. */
const onBothDatabases = [
  'test/operations/audit-kill.test.ts',
  'test/operations/restore-kill.test.ts',
  'test/help-desk/audit-of-transactions.test.ts',
  'test/help-desk/backchannel-rest.test.ts',
  'test/help-desk/help-desk.test.ts',
  'test/journeys/connection-counts.test.ts',
  'test/journeys/journey-revisions.test.ts',
  'test/help-desk/live-feed.test.ts',
  'test/oauth/replays.test.ts',
  'test/help-desk/verifications.test.ts',
  'test/help-desk/leads.test.ts',
  'test/http/starters.test.ts',
]

/** Counts what PostgreSQL is asked. */
const onPostgres = 'test/operations/statements.test.ts'

/** Password hashes of whole servers are cheap. */
const alias = { '@node-rs/argon2': join(import.meta.dirname, 'test', 'support', 'cheap-argon2.ts') }

/** Attackers who measure times meet the real cost of password hashes. */
const attacks = 'test/operations/timing-attacks.test.ts'

// Worker processes, and the threads that they start, load compiled modules from the cache that the server uses.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '.cache', 'compile')

const inBrowsers = 'test/browser/**/*.test.ts'

export default defineConfig({
  test: {
    globalSetup: [
      'test/support/temporary-folder.ts',
      'test/support/outside-programs.ts',
      'test/support/builds.ts',
      'test/support/postgres-databases.ts',
    ],
    reporters: ['default', new SlowestFiles()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    // Tests make much garbage that a larger young generation never copies.
    execArgv: ['--min-semi-space-size=32', '--max-semi-space-size=64'],
    // Files share the modules that a worker has loaded: loading the server for each file took as long as its tests.
    isolate: false,
    // Tests wait for timers, disks and browsers: three at a time keep two cores busy.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['src', 'tools', 'quality', 'web'].map((folder) => `${folder}/**/*.test.ts`),
        },
      },
      { extends: true, test: { name: 'attacks', include: [attacks] } },
      {
        extends: true,
        resolve: { alias },
        test: {
          name: 'sqlite',
          include: ['test/**/*.test.ts'],
          exclude: [inBrowsers, attacks, onPostgres],
          setupFiles: ['test/support/contract-check.ts'],
        },
      },
      {
        extends: true,
        resolve: { alias },
        test: { name: 'browser', include: [inBrowsers], setupFiles: ['test/browser/setup.ts'] },
      },
      {
        extends: true,
        resolve: { alias },
        test: {
          name: 'postgres',
          include: [...onBothDatabases, onPostgres],
          env: { SIDEGATE_TEST_DATABASE: 'postgres' },
        },
      },
    ],
  },
})
