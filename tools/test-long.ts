import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'

// Runs the whole suite with the long forms of its slow tests. Arguments go to Vitest.

const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  env: { ...process.env, SIDEGATE_TEST_LONG: '1' },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
