import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { diagramOf } from './diagram.ts'
import { reasonFor } from './equivalent.ts'
import { Exploration } from './explore.ts'
import { counterexampleWithout, findCounterexample, foundStatus } from './find.ts'
import { newScene } from './scene.ts'
import { scopes } from './scopes.ts'

// `npm run model` explores all scopes and prints a row for each. Then it leaves out each condition of the guarded statements,
// each in a process of its own, and expects a counterexample. `-- --scope race` explores the scopes whose names begin so,
// `-- --minutes 5` and `-- --states 100000` bound each, and `-- --mutants change` only leaves out the conditions with this in their
// names. Diagrams of counterexamples are in `.cache/model`.

const { values } = parseArgs({
  options: {
    scope: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    states: { type: 'string', default: '4000000' },
    mutants: { type: 'string' },
    find: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '120' },
  },
})
const folder = join(import.meta.dirname, '..', '..', '.cache', 'model')

if (values.find) await find(Number(values.seconds))
else {
  if (values.mutants === undefined) await exploreAll(values.scope ?? '', Number(values.minutes))
  if (values.scope === undefined) await tryAll(values.mutants ?? '', Number(values.seconds))
}

async function exploreAll(name: string, minutes: number): Promise<void> {
  const total = { states: 0, transitions: 0 }
  console.log('| scope | states | transitions | steps | seconds | to the end |')
  console.log('| --- | --- | --- | --- | --- | --- |')
  for (const scope of scopes.filter((each) => each.name.startsWith(name))) {
    const begunAt = Date.now()
    const bounds = { states: Number(values.states), until: begunAt + minutes * 60_000 }
    const found = await new Exploration(await newScene(), scope).run(bounds)
    total.states += found.states
    total.transitions += found.transitions
    const seconds = Math.round((Date.now() - begunAt) / 1000)
    const isWhole = found.isComplete ? 'yes' : `no, each path of ${found.depth} steps`
    console.log(
      `| ${[scope.name, found.states, found.transitions, found.depth, seconds, isWhole].join(' | ')} |`,
    )
    if (found.violation !== undefined) save(scope.name, diagramOf(found.violation))
  }
  console.log(`\n${total.states} states, ${total.transitions} transitions\n`)
}

async function tryAll(part: string, seconds: number): Promise<void> {
  // It needs the compiler, which a process that only looks for a counterexample does without.
  const { mutants } = await import('./mutants.ts')
  const tried = mutants().filter(({ name }) => name.includes(part) && reasonFor(name) === undefined)
  let noticed = 0
  for (const mutant of tried) {
    const { name, condition } = mutant
    const diagram = counterexampleWithout(mutant, seconds)
    console.log(`${diagram === undefined ? '✗' : '✓'} ${name}: ${condition}`)
    if (diagram === undefined) {
      console.log('    NOT NOTICED')
      process.exitCode = 1
    } else {
      noticed++
      save(name, diagram, 'expected')
    }
  }
  console.log(`\n${noticed} of ${tried.length} left out conditions have a counterexample`)
}

/** Prints a counterexample, if there is one. */
async function find(seconds: number): Promise<void> {
  const found = await findCounterexample(Date.now() + seconds * 1000, values.mutants ?? '')
  if (found === undefined) return
  console.log(diagramOf(found))
  process.exitCode = foundStatus
}

function save(name: string, diagram: string, how: 'expected' | 'violation' = 'violation'): void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name.replaceAll(/[ .]+/g, '-')}.mmd`)
  writeFileSync(file, diagram)
  const [, wrong = ''] = /WRONG: (.*)/.exec(diagram) ?? []
  console.log(how === 'expected' ? `    ${wrong}` : `${diagram}\nVIOLATION, saved in ${file}`)
  if (how === 'violation') process.exitCode = 1
}
