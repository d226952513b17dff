import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { RuleSwitch } from './rule-switch.ts'
import { switches } from './switches.ts'

// `npm run test:rules [H4 …]`: whether the tests would notice that a rule of SECURITY.md does not hold any more. Each switch
// is turned off by itself, in a copy of the sources, and its tests have to fail; before, all of them have to pass.

const root = join(import.meta.dirname, '..', '..')

const wanted = process.argv.slice(2)
const chosen = switches.filter(({ rule }) => wanted.length === 0 || wanted.includes(rule))

const reportSchema = z.object({
  numTotalTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) }),
  ),
})

const copy = mkdtempSync(join(tmpdir(), 'sidegate-rules-'))
try {
  copySources()
  const unnoticed = switchAllOff()
  const held = chosen.length - unnoticed.length
  console.log(`\n${held} of ${chosen.length} switches are noticed`)
  if (unnoticed.length > 0) process.exitCode = 1
} finally {
  rmSync(copy, { recursive: true })
}

/** Without what is installed or made, but the packages, which are linked. */
function copySources(): void {
  const left = new Set(['.git', '.cache', 'node_modules', 'data', 'coverage'])
  const isTaken = (path: string) => !left.has(basename(path))
  cpSync(root, copy, { recursive: true, preserveTimestamps: true, filter: isTaken })
  for (const folder of ['node_modules', join('web', 'node_modules')]) {
    if (existsSync(join(root, folder))) symlinkSync(join(root, folder), join(copy, folder))
  }
}

/** @returns the switches after which all tests still pass. */
function switchAllOff(): RuleSwitch[] {
  const all = [...new Set(chosen.flatMap(({ tests }) => tests))]
  const before = testsIn(all)
  if (!before.isGreen)
    throw new Error(`With every rule on, tests fail: ${before.failures.join('; ') || before.output}`)
  console.log(`With every rule on, ${before.tests} tests pass.\n`)
  return chosen.filter((one) => !isNoticed(one))
}

function isNoticed({ rule, off, file, from, to, tests }: RuleSwitch): boolean {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  try {
    writeFileSync(
      path,
      text.replace(from, () => to),
    )
    const { failures } = testsIn(tests)
    const [first] = failures
    console.log(
      first === undefined
        ? `✗ ${rule} off: ${off}. NOBODY NOTICES: ${tests.join(', ')}`
        : `✓ ${rule} off: ${off}. Red: ${first}${failures.length > 1 ? ` and ${failures.length - 1} more` : ''}`,
    )
    return first !== undefined
  } finally {
    writeFileSync(path, text)
  }
}

/** Only a test that ran and failed is a failure: sources that cannot be read any more prove nothing. */
function testsIn(files: readonly string[]) {
  const program = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const report = join(copy, 'report.json')
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'run', '--reporter=json', `--outputFile=${report}`, ...files],
    { cwd: copy, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  if (!existsSync(report)) throw new Error(`The tests did not run: ${stderr}`)
  const { numTotalTests, success, testResults } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')))
  rmSync(report)
  const failures = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => fullName.trim())
  return { tests: numTotalTests, isGreen: success && numTotalTests > 0, failures, output: stdout + stderr }
}
