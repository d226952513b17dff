import { availableParallelism } from 'node:os'
import { setup as buildAll } from '../../test/support/builds.ts'
import { namedTest, type RuleSwitch } from './rule-switch.ts'
import { type Failure, SourceCopy, type TestRun } from './source-copy.ts'
import { switches } from './switches.ts'

// `npm run test:rules [H4 S05 …]` tests whether tests and attacks notice that a rule of SECURITY.md is off. Each switch is
// turned off by itself, in a copy of the sources; its tests and its attack must then fail. Before that, all of them must pass,
// which `--trust-tests` skips after a green `npm test` and `npm run attack`.

const parallel = Math.min(4, availableParallelism())

const isTrusted = process.argv.includes('--trust-tests')
const rules = process.argv.slice(2).filter((word) => word !== '--trust-tests')
const unknown = rules.filter((name) => !switches.some(({ rule }) => rule === name))
const chosen = switches.filter(({ rule }) => rules.length === 0 || rules.includes(rule))

if (unknown.length > 0) {
  console.error(`No switch has the rule ${unknown.join(', ')}`)
  process.exitCode = 2
} else if (await isBuilt()) {
  const startedAt = performance.now()
  const copies = await Promise.all(Array.from({ length: Math.min(parallel, chosen.length) }, SourceCopy.make))
  try {
    const broken = isTrusted ? new Set<string>() : await brokenAnyway(copies)
    const unnoticed = await switchAllOff(copies, broken)
    summarize(unnoticed, (performance.now() - startedAt) / 60_000)
    if (unnoticed.length > 0 || broken.size > 0) process.exitCode = 1
  } finally {
    await Promise.all(copies.map((copy) => copy.remove()))
  }
}

/** Builds what tests need. Without it, no test runs, and no switch would be noticed. */
async function isBuilt(): Promise<boolean> {
  try {
    await buildAll()
    return true
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.error(`The pages or the server do not build, so no switch can be tried: ${reason}`)
    process.exitCode = 2
    return false
  }
}

/** @returns the tests and attacks that fail with every rule on, so that their failure proves nothing. */
async function brokenAnyway(copies: readonly SourceCopy[]): Promise<Set<string>> {
  const broken = new Set<string>()
  const [first] = copies
  if (first === undefined) return broken
  const entries = [...new Set(chosen.flatMap(({ tests }) => tests))]
  const named = entries.filter((entry) => namedTest(entry).name !== undefined)
  const whole = entries.filter((entry) => !named.includes(entry))
  let passed = 0
  for (const group of [whole, named].filter(({ length }) => length > 0)) {
    const run = await first.test(group, parallel)
    for (const failure of await failuresAlone(first, run)) broken.add(keyOf(failure))
    passed += run.passed
  }
  const attacks = [...new Set(chosen.flatMap(({ attack }) => attack ?? []))]
  await inParallel(copies, attacks, async (copy, attack) => {
    if ((await copy.breachOf(attack)) !== undefined) broken.add(attack)
  })
  console.log(`With every rule on, ${passed} tests pass and ${attacks.length} attacks are played.`)
  for (const one of broken) console.log(`✗ Fails with every rule on: ${one}`)
  return broken
}

/** Tests may time out on a busy machine, so failed ones run again, alone. */
async function failuresAlone(copy: SourceCopy, { isGreen, failures, output }: TestRun): Promise<Failure[]> {
  if (isGreen) return []
  const files = [...new Set(failures.map(({ file }) => file))]
  if (files.length === 0) throw new Error(`With every rule on, the tests do not run: ${output}`)
  return (await copy.test(files, 1)).failures
}

/** @returns a sentence for each switch that one of its tests or attacks misses, or that can't be tried. */
async function switchAllOff(copies: readonly SourceCopy[], broken: ReadonlySet<string>): Promise<string[]> {
  const unnoticed: string[] = []
  await inParallel(copies, chosen, async (copy, one) => {
    const title = `${one.rule} off: ${one.off}`
    const effect = await effectOf(copy, one, broken).catch((error: Error) => error)
    if (effect instanceof Error) {
      console.log(`✗ ${title}\n    COULD NOT BE TRIED: ${effect.message}`)
      unnoticed.push(`${title} (could not be tried)`)
      return
    }
    const { red, green } = effect
    if (green.length === 0) {
      console.log(`✓ ${title}\n    red: ${red.join('\n         ')}`)
    } else {
      console.log(`✗ ${title}\n    NOT NOTICED by ${green.join('; ')}`)
      unnoticed.push(`${title} (${green.join('; ')})`)
    }
  })
  return unnoticed
}

type Effect = {
  /** Tests and attacks that failed, as expected. */
  red: string[]
  /** Tests and attacks of the switch that did not fail. */
  green: string[]
}

function effectOf(copy: SourceCopy, one: RuleSwitch, broken: ReadonlySet<string>): Promise<Effect> {
  return copy.while(one, async () => {
    const failures = (await copy.test(one.tests, 1)).failures.filter((each) => !broken.has(keyOf(each)))
    const effect: Effect = { red: [], green: [] }
    for (const entry of one.tests) {
      const [first, ...more] = failures.filter((failure) => isOf(entry, failure))
      if (first === undefined) effect.green.push(entry)
      else effect.red.push(shown(first, more.length))
    }
    if (one.attack !== undefined) {
      const breach = broken.has(one.attack) ? undefined : await copy.breachOf(one.attack)
      if (breach === undefined) effect.green.push(`the attack ${one.attack}`)
      else effect.red.push(`attack ${one.attack}: ${breach}`)
    }
    return effect
  })
}

function isOf(entry: string, failure: Failure): boolean {
  const { file, name } = namedTest(entry)
  return failure.file === file && (name === undefined || failure.name.includes(name))
}

function shown({ name, message }: Failure, more: number): string {
  return `${name}${more > 0 ? ` and ${more} more` : ''} (${message.slice(0, 100)})`
}

/** Runs the work for each item, one at a time in each copy. */
async function inParallel<Item>(
  copies: readonly SourceCopy[],
  items: readonly Item[],
  work: (copy: SourceCopy, item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items]
  await Promise.all(
    copies.map(async (copy) => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(copy, item)
    }),
  )
}

function summarize(unnoticed: readonly string[], minutes: number): void {
  const noticed = chosen.length - unnoticed.length
  console.log(`\n${noticed} of ${chosen.length} switches are noticed, in ${minutes.toFixed(1)} minutes`)
  for (const sentence of unnoticed) console.log(`  ✗ ${sentence}`)
}

function keyOf({ file, name }: Failure): string {
  return `${file}: ${name}`
}
