import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { attacks } from '../attack/attacks.ts'
import { type Fault, type Guard, guards } from './faults.ts'
import { ruleRows } from './security-page.ts'
import { SourceCopy } from './source-copy.ts'
import { stagesFor } from './tests.ts'

// `npm run test:rules [H4 S05 …]` tests whether tests notice that code no longer keeps a rule of SECURITY.md. From each marker
// (`// rule H4: otherwise …`), it makes faults, one at a time in a copy of the sources: a test of the rule must then fail. Attacks that
// a guard stops must succeed with one of its faults. Before that, all of them must pass, which `--trust-tests` skips after a green
// `npm test` and `npm run attack`.

const root = join(import.meta.dirname, '..', '..')
const isTrusted = process.argv.includes('--trust-tests')
const names = process.argv.slice(2).filter((word) => word !== '--trust-tests')
const rows = new Map(ruleRows(readFileSync(join(root, 'SECURITY.md'), 'utf8')).map((row) => [row.id, row]))
const all = guards()
const unknown = names.filter((name) => !all.some(({ rule }) => rule === name))
const chosen = all.filter(({ rule }) => names.length === 0 || names.includes(rule))

if (unknown.length > 0) {
  console.error(`No code keeps the rule ${unknown.join(', ')}`)
  process.exitCode = 2
} else {
  await using copy = await SourceCopy.make()
  const broken = isTrusted ? [] : await brokenAnyway(copy)
  for (const sentence of broken) console.error(`✗ With every rule kept: ${sentence}`)
  if (broken.length > 0) process.exitCode = 1
  else await breakAll(copy)
}

/** @returns what fails without any fault, so that its failure would prove nothing. */
async function brokenAnyway(copy: SourceCopy): Promise<string[]> {
  const broken: string[] = []
  const files = [
    ...new Set(chosen.flatMap(({ file, rule }) => stagesOf(file, rule).flatMap((stage) => stage.files))),
  ]
  const failure = await copy.firstFailure(files)
  if (failure !== undefined) broken.push(`${failure.file}: ${failure.name}`)
  for (const attack of chosen.flatMap(attacksOn)) {
    if ((await copy.breachOf(attack)) !== undefined) broken.push(`the attack ${attack}`)
  }
  return broken
}

async function breakAll(copy: SourceCopy): Promise<void> {
  const unnoticed: string[] = []
  let count = 0
  for (const guard of chosen) {
    for (const fault of guard.faults) {
      count++
      const noticed = await copy.while(fault, () => noticedBy(copy, fault)).catch(cannotRun)
      console.log(`${noticed === undefined ? '✗' : '✓'} ${titleOf(fault)}\n    ${noticed ?? 'NOT NOTICED'}`)
      if (noticed === undefined) unnoticed.push(titleOf(fault))
    }
    for (const attack of attacksOn(guard)) {
      const breach = await breachOf(copy, guard, attack)
      console.log(
        `${breach === undefined ? '✗' : '✓'} attack ${attack}: ${breach ?? 'FAILS WITHOUT ITS DEFENCE'}`,
      )
      if (breach === undefined) unnoticed.push(`attack ${attack}`)
    }
  }
  console.log(`\n${count} faults of ${chosen.length} guards; not noticed: ${unnoticed.length}`)
  for (const sentence of unnoticed) console.log(`  ✗ ${sentence}`)
  if (unnoticed.length > 0) process.exitCode = 1
}

/** @returns the first test that fails. */
async function noticedBy(copy: SourceCopy, { file, rule }: Fault): Promise<string | undefined> {
  for (const stage of stagesOf(file, rule)) {
    if (stage.isBuilt) await copy.build()
    const failure = await copy.firstFailure(stage.files, stage.names)
    if (failure !== undefined) return `${failure.file}: ${failure.name} (${failure.message.slice(0, 100)})`
  }
  return undefined
}

async function breachOf(copy: SourceCopy, { faults }: Guard, attack: string): Promise<string | undefined> {
  for (const fault of faults) {
    const breach = await copy.while(fault, () => copy.breachOf(attack)).catch(() => undefined)
    if (breach !== undefined) return breach
  }
  return undefined
}

function attacksOn({ rule, otherwise }: Guard): string[] {
  return attacks.filter(({ defence }) => defence === `${rule}: ${otherwise}`).map(({ name }) => name)
}

function stagesOf(file: string, rule: string) {
  return stagesFor(file, rows.get(rule) ?? { tests: [] })
}

function titleOf({ rule, otherwise, file, line, operator }: Fault): string {
  return `${rule} ${file}:${line} (${operator}): ${otherwise}`
}

function cannotRun(error: unknown): undefined {
  console.log(`    could not be tried: ${error instanceof Error ? error.message : String(error)}`)
  return undefined
}
