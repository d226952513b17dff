import type { Json } from '../../../api/json.ts'
import type { RunStep, StateWrite } from '../../../api/runs.ts'
import { dateAndTime } from '../../../check-model/times.ts'

/** One state key that a step wrote. */
export type StateLine = {
  sign: '+' | '~' | '−'
  word: 'added' | 'changed' | 'removed'
  key: string
  /** Undefined if the run didn't record values. */
  before: string | undefined
  after: string | undefined
  isMasked: boolean
}

const signs = { added: '+', changed: '~', removed: '−' } as const

/**
 * The state keys that a step wrote.
 * @param nameOf gives the name of a node: some keys start with a node id.
 */
export function stateLines({ writes }: RunStep, nameOf: (id: string) => string | undefined): StateLine[] {
  return writes.map((write) => {
    const change = write.change ?? changeOf(write)
    return {
      sign: signs[change],
      word: change,
      key: readableKey(write.key, nameOf),
      before: change === 'added' ? undefined : textOf(write.before),
      after: change === 'removed' ? undefined : textOf(write.after),
      isMasked: write.isMasked === true,
    }
  })
}

/** Runs without recorded values know only which keys were written. */
function changeOf({ before, after }: StateWrite): 'added' | 'changed' | 'removed' {
  if (before === undefined && after !== undefined) return 'added'
  return after === undefined && before !== undefined ? 'removed' : 'changed'
}

export function readableKey(key: string, nameOf: (id: string) => string | undefined): string {
  const dot = key.indexOf('.')
  const name = dot < 0 ? undefined : nameOf(key.slice(0, dot))
  return name === undefined ? key : `${name}${key.slice(dot)}`
}

function textOf(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined
  // Epoch milliseconds of this century.
  const isTime = typeof value === 'number' && value > 1e12 && value < 4e12
  return isTime ? `${value} (${dateAndTime(value)})` : JSON.stringify(value)
}
