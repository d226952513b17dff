import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'

// Runs every check, several at a time, also after one has failed: format and lint, types, structure, sizes, unused code,
// prose, commit subjects, and whether generated pages are up to date. Results are printed in the order of the list.

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
  ['budgets', 'node tools/budgets.ts'],
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

type Result = { seconds: number /** The output, if the check failed. */; problems: string | undefined }

async function run(command: string): Promise<Result> {
  const startedAt = performance.now()
  const [program = '', ...args] = command.split(' ')
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | string | null>((resolve) => {
    child.on('error', ({ message }) => resolve(message))
    child.on('close', resolve)
  })
  const [status, out, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  const seconds = (performance.now() - startedAt) / 1000
  return { seconds, problems: status === 0 ? undefined : `${out}${errors}`.trim() || `ended with ${status}` }
}

const tasks = checks.map(([name, command]) => ({ name, command, ...Promise.withResolvers<Result>() }))
const waiting = [...tasks]

async function runWaiting(): Promise<void> {
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    task.resolve(await run(task.command))
  }
}

for (let runner = 0; runner < availableParallelism(); runner++) void runWaiting()

const failed: string[] = []
for (const { name, command, promise } of tasks) {
  const { seconds, problems } = await promise
  if (problems === undefined) {
    console.log(`✓ ${name} (${seconds.toFixed(1)} s)`)
  } else {
    failed.push(name)
    console.error(`✗ ${name}: ${command}\n${problems.replaceAll(/^/gm, '    ')}`)
  }
}

if (failed.length > 0) {
  console.error(`\n${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}`)
  process.exitCode = 1
}
