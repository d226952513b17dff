import { type Load, median, medianRatio } from './load.ts'
import { type LoginRates, loginClients } from './login-rate.ts'
import type { ScriptBlocks } from './script-cost.ts'
import type { Memory, StartTimes } from './start-and-memory.ts'
import { type StepCosts, stepClients } from './step-cost.ts'

/** One row of the table. Rows without a limit are for information. */
export type Figure = {
  id: string
  what: string
  measured: string
  compared: string
  value: number
  unit: '×' | '%' | 'ms' | 'MB' | 'kB'
  limit?: { kind: 'most' | 'least'; value: number }
}

export function stepFigures({ floor, plain, scripted }: StepCosts): Figure[] {
  const row = (id: string, what: string, loads: readonly Load[], limit: number): Figure => ({
    id,
    what: `${what}, ${stepClients} clients`,
    measured: `${cpuOf(loads)} CPU, ${rateOf(loads)}`,
    compared: `floor: ${cpuOf(floor)} CPU, ${rateOf(floor)}`,
    value: medianRatio(loads.map(cpuEach), floor.map(cpuEach)),
    unit: '×',
    limit: { kind: 'most', value: limit },
  })
  return [
    row('P1', 'one step without a script, saved durably', plain, 4),
    row('P2', "one step with the sample's custom node script", scripted, 8),
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
      value: medianRatio(ours, theirs),
      unit: '×',
    }
  }
  return [
    {
      ...row('wall', 'the script alone, time to its result, one at a time'),
      limit: { kind: 'most', value: 0.85 },
    },
    row('cpu', 'the same, CPU of all threads, including the sandbox reset'),
  ]
}

export function loginFigures({ hashes, logins, peer }: LoginRates): Figure[] {
  const compared = `argon2id alone: ${cpuOf(hashes)} CPU, ${rateOf(hashes)}`
  const measured = `${cpuOf(logins)} CPU, ${rateOf(logins)}`
  const share = { id: 'P5', measured, compared, unit: '%' as const }
  return [
    {
      ...share,
      what: `password login, two steps, ${loginClients} clients: rate, with the clients on the same cores`,
      value: 100 * medianRatio(logins.map(perSecond), hashes.map(perSecond)),
      limit: { kind: 'least', value: 90 },
    },
    {
      ...share,
      what: "the same: argon2id's share of the server's CPU",
      value: 100 * medianRatio(hashes.map(cpuEach), logins.map(cpuEach)),
    },
    {
      id: 'P5',
      what: 'the same compared with better-auth, in memory, with its own hash (scrypt)',
      measured,
      compared: `better-auth: ${cpuOf(peer)} CPU, ${rateOf(peer)}`,
      value: medianRatio(logins.map(cpuEach), peer.map(cpuEach)),
      unit: '×',
    },
  ]
}

export function startFigures({ warm, withoutCompileCache }: StartTimes): Figure[] {
  const row = { id: 'P6', measured: '', compared: '', unit: 'ms' as const }
  return [
    {
      ...row,
      what: '`npm start` on an empty data folder to the first login, warm compile cache',
      value: warm,
      limit: { kind: 'most', value: 1000 },
    },
    { ...row, what: 'the same without the compile cache', value: withoutCompileCache },
  ]
}

export function memoryFigures({ atReady, afterLogins, workers, eachWorker }: Memory): Figure[] {
  const row = { id: 'P6', compared: '', unit: 'MB' as const }
  return [
    {
      ...row,
      what: 'memory after 1,000 logins, 25 at once, before the first script',
      measured: `at ready: ${Math.round(atReady)} MB`,
      value: afterLogins,
      limit: { kind: 'most', value: 150 },
    },
    {
      ...row,
      what: 'memory per script worker in use',
      measured: `${workers} workers`,
      value: eachWorker,
      limit: { kind: 'most', value: 25 },
    },
  ]
}

export function isMet({ value, limit }: Figure): boolean {
  if (limit === undefined) return true
  return limit.kind === 'most' ? value <= limit.value : value >= limit.value
}

export const cpuEach = (load: Load) => load.cpuEach
const perSecond = (load: Load) => load.perSecond
export const cpuOf = (loads: readonly Load[]) => microseconds(median(loads.map(cpuEach)))
export const rateOf = (loads: readonly Load[]) => `${Math.round(median(loads.map(perSecond)))}/s`

export function microseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} µs` : `${(value / 1000).toFixed(2)} ms`
}
