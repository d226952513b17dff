import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { diagramOf } from './diagram.ts'
import { reasonFor } from './equivalent.ts'
import { Exploration } from './explore.ts'
import { findCounterexample } from './find.ts'
import { mutants } from './mutants.ts'
import { setScene } from './scene.ts'
import { boundless } from './scope.ts'
import { scopes } from './scopes.ts'
import { counterexampleWithout, foundStatus } from './try-mutant.ts'
import { World } from './world.ts'

// `npm run model` explores all scopes and prints a row for each. Then it leaves out each condition of the guarded statements,
// each in a process of its own, and expects a counterexample. `-- --scope race` explores the scopes whose names begin so,
// `-- --minutes 5` bounds each, and `-- --mutants change` only leaves out the conditions with this in their names. Diagrams of
// counterexamples are in `.cache/model`.

const { values } = parseArgs({
  options: {
    scope: { type: 'string' },
    minutes: { type: 'string', default: '2' },
    mutants: { type: 'string' },
    find: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
  },
})
const folder = join(import.meta.dirname, '..', '..', '.cache', 'model')
const walks = 400

if (values.find) await find(Number(values.seconds))
else {
  if (values.mutants === undefined) await exploreAll(values.scope ?? '', Number(values.minutes))
  if (values.scope === undefined) tryAll(values.mutants ?? '', Number(values.seconds))
}

async function exploreAll(name: string, minutes: number): Promise<void> {
  const world = await World.create()
  const start = await setScene(world)
  const total = { states: 0, transitions: 0 }
  console.log('| scope | states | transitions | ends | depth | seconds | to the end |')
  console.log('| --- | --- | --- | --- | --- | --- | --- |')
  for (const scope of scopes.filter((each) => each.name.startsWith(name))) {
    const begunAt = Date.now()
    const bounds = { ...boundless, until: begunAt + minutes * 60_000 }
    const { states, transitions, ends, depth, isComplete, wrong, trace } = await new Exploration(
      world,
      scope,
      start,
      bounds,
    ).run()
    total.states += states
    total.transitions += transitions
    const seconds = Math.round((Date.now() - begunAt) / 1000)
    const isWhole = isComplete ? 'yes' : `no, ended after ${minutes} minutes`
    console.log(`| ${[scope.name, states, transitions, ends, depth, seconds, isWhole].join(' | ')} |`)
    if (wrong === undefined || trace === undefined) continue
    save(scope.name, diagramOf({ scope: scope.name, wrong, trace }))
  }
  console.log(`\n${total.states} states, ${total.transitions} transitions\n`)
}

function tryAll(part: string, seconds: number): void {
  const tried = mutants().filter(({ name }) => name.includes(part) && reasonFor(name) === undefined)
  let noticed = 0
  for (const { name, condition } of tried) {
    const diagram = counterexampleWithout(name, seconds)
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

/** Prints a counterexample, if there is one. A scene that can't be set is one, too. */
async function find(seconds: number): Promise<void> {
  const world = await World.create()
  const start = await setScene(world).catch((error: Error) => error)
  const found =
    start instanceof Error
      ? { scope: 'scene', wrong: `the scene cannot be set: ${start.message}`, trace: [] }
      : await findCounterexample(world, start, scopes, { walks, until: Date.now() + seconds * 1000 })
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
