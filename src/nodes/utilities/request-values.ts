import { stringMapSchema } from '../../engine/json.ts'
import type { NodeState } from '../../engine/node-state.ts'

/** State keys by name in the request. A node that reads nothing is a mistake. */
export function keysByName(what: 'headers' | 'parameters') {
  return stringMapSchema
    .refine((map) => Object.keys(map).length > 0, `No ${what} configured - this node is redundant`)
    .prefault({})
}

/** Whether all that is to be split is read at all. */
export function areRead(names: readonly string[], keys: Readonly<Record<string, string>>): boolean {
  return names.every((name) => Object.hasOwn(keys, name))
}

/**
 * Copies values of the request to shared state: always lists, an empty one for what the request does not have.
 * @param split names whose value, if there is one, is a list with commas.
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

/** As AM splits: empty entries at the end are left out. */
function entriesOf(list: string): string[] {
  return list.replace(/(?<=.),+$/, '').split(',')
}
