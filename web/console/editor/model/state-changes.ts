import type { Json } from '../../../api/json.ts'
import type { RunStep, StateWrite } from '../../../api/runs.ts'

/** A line of what a step made of the state. */
export type StateLine = {
  sign: '+' | '~' | '−'
  word: 'added' | 'changed' | 'removed'
  key: string
  /** Undefined where values were not recorded. */
  before: string | undefined
  after: string | undefined
  isMasked: boolean
}

const signs = { added: '+', changed: '~', removed: '−' } as const

/**
 * What a step wrote.
 * @param nameOf names of nodes: they keep what they need under keys that begin with their id.
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
      isMasked: write.isMasked,
    }
  })
}

/** Runs without a watch know which keys were written and no more. */
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
  return value === undefined ? undefined : JSON.stringify(value)
}
