import { stringMapSchema } from '../../base/json.ts'
import type { NodeState } from '../../engine/node-state.ts'

/** State keys by name in the request, at least one. */
export function keysByName(what: 'headers' | 'parameters') {
  return stringMapSchema
    .refine((map) => Object.keys(map).length > 0, `No ${what} configured - this node is redundant`)
    .prefault({})
}

/** Whether all names to split are copied. */
export function areRead(names: readonly string[], keys: Readonly<Record<string, string>>): boolean {
  return names.every((name) => Object.hasOwn(keys, name))
}

/**
 * Copies values of the request to shared state as lists. Missing values give an empty list.
 * @param split names whose only value is a comma-separated list
 */
export function copyToState(
  state: NodeState,
  keys: Readonly<Record<string, string>>,
  split: readonly string[],
  valuesOf: (name: string) => readonly string[],
): void {
  for (const [name, key] of Object.entries(keys)) {
    const values = valuesOf(name)
    const [only = ''] = values
    state.putShared(key, values.length === 1 && split.includes(name) ? entriesOf(only) : [...values])
  }
}

/** Splits like AM, which drops empty entries at the end. */
function entriesOf(list: string): string[] {
  return list.replace(/(?<=.),+$/, '').split(',')
}
