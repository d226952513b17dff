import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'

// Everything that `npm run check` holds the sources to, all of it even when one part fails: format and lint, types,
// structure, sizes, unused code, and whether the generated pages are up to date.

const root = join(import.meta.dirname, '..')

const checks: [name: string, command: string][] = [
  ['format and lint', 'biome check --error-on-warnings'],
  ['types', 'tsc -p .'],
  ['types of the engine', 'tsc -p tsconfig.core.json'],
  ['types of the pages', 'tsc -p web'],
  ['types of the browser tests', 'tsc -p test/browser'],
  ['structure', 'node tools/structure.ts'],
  ['sizes', 'node tools/sizes.ts'],
  ['prose', 'node tools/prose.ts'],
  ['commits', 'node tools/commits.ts'],
  ['unused code', 'knip --no-progress'],
  ['node reference', 'node tools/node-reference.ts --check'],
  ['REST reference', 'node tools/rest-reference.ts --check'],
  ['access reference', 'node tools/access-reference.ts --check'],
  ['lint reference', 'node tools/lint-reference.ts --check'],
  ['callback reference', 'node tools/callback-reference.ts --check'],
]

const env = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
}

/** @returns what the check printed, when it failed. */
function problemsOf(command: string): string | undefined {
  const [program = '', ...args] = command.split(' ')
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, env, encoding: 'utf8' })
  if (status === 0) return undefined
  return `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim()
}

const failed: string[] = []
for (const [name, command] of checks) {
  const startedAt = performance.now()
  const problems = problemsOf(command)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (problems === undefined) {
    console.log(`✓ ${name} (${seconds} s)`)
  } else {
    failed.push(name)
    console.error(`✗ ${name}: ${command}\n${problems.replaceAll(/^/gm, '    ')}`)
  }
}

if (failed.length > 0) {
  console.error(`\n${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}`)
  process.exitCode = 1
}
