import { atMost, cpuEach, cpuOf, type Figure, type Limit, microseconds, withSpread } from './figure.ts'
import type { Load } from './load.ts'
import type { ScriptBlocks } from './script-cost.ts'
import { median, ratiosOf, spreadOf } from './spread.ts'
import { type StepCosts, stepClients } from './step-cost.ts'

export function stepFigures({ floor, plain, scripted, onPostgres }: StepCosts): Figure[] {
  const row = (id: string, what: string, loads: readonly Load[], limit: Limit): Figure => ({
    id,
    what: `${what}, ${stepClients} clients`,
    measured: cpuOf(loads),
    compared: `floor: ${cpuOf(floor)}`,
    result: spreadOf(ratiosOf(loads.map(cpuEach), floor.map(cpuEach))),
    unit: '×',
    limit,
  })
  const postgres = row('P1', 'the same on PostgreSQL: CPU of the server', onPostgres, atMost(8, 6))
  const database = spreadOf(onPostgres.map(({ databaseEach }) => databaseEach))
  return [
    row('P1', 'one step without a script, saved durably', plain, atMost(5, 4)),
    { ...postgres, measured: `${postgres.measured}; PostgreSQL: ${withSpread(database, microseconds)}` },
    row('P2', "one step with the sample's custom node script", scripted, atMost(18, 10)),
  ]
}

export function scriptFigures(blocks: ScriptBlocks): Figure[] {
  const engine = blocks.map((block) => block.engine)
  const context = blocks.map((block) => block.context)
  const row = (kind: 'wall' | 'cpu', what: string): Figure => {
    const [ours, theirs] = [engine.map((times) => times[kind]), context.map((times) => times[kind])]
    return {
      id: 'P2',
      what,
      measured: microseconds(median(ours)),
      compared: `fresh node:vm context: ${microseconds(median(theirs))}`,
      result: spreadOf(ratiosOf(ours, theirs)),
      unit: '×',
    }
  }
  return [
    row('wall', 'the script alone, time to its result, one at a time'),
    row('cpu', 'the same, CPU of all threads, including the sandbox reset'),
  ]
}
