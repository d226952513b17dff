import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** `npm run pictures`: makes the pictures of the documentation from the real pages. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..', '..'),
    include: ['tools/pictures/**/*.picture.ts'],
    globalSetup: ['test/support/outside-programs.ts', 'test/support/builds.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    pool: 'forks',
    fileParallelism: false,
  },
})
