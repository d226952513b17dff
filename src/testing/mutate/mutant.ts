import type { Bundle } from '../../journeys/exchange/bundle.ts'
import type { Place, Places } from '../../journeys/exchange/places.ts'

/** Kinds of changes, with their names in reports. */
export const mutantKinds = {
  bypass: 'a wrong credential leads where the right one leads',
  success: 'a connection leads to Success',
  failure: 'Failure becomes Success',
  swap: 'two outcomes are swapped',
  removal: 'a node is removed',
  number: 'setting: a number changes',
  flag: 'setting: a boolean flips',
  text: 'setting: a text changes',
  list: 'setting: a list is shortened',
  throws: 'script: it throws on its first line',
  outcome: 'script: another outcome',
  condition: 'script: a condition is negated',
  statement: 'script: a statement is missing',
  scriptNumber: 'script: a number changes',
  unreached: 'a node that no walk runs',
} as const

export type MutantKind = keyof typeof mutantKinds

/** The thing that a mutant changes. */
type Changed =
  | { kind: 'node' }
  | { kind: 'connection'; outcome: string }
  | { kind: 'setting'; name: string }
  | { kind: 'script'; id: string; name: string; line: number }

/** The node of a mutant. The first node that uses a script stands for it. */
export type MutatedNode = {
  journey: string
  nodeId: string
  /** The display name. */
  node: string
  /** The page that the node is on, or else the node. */
  outerId: string
}

/** One small change of a configuration that a walk should notice. */
export type Mutant = MutatedNode & {
  kind: MutantKind
  /** A clause that says what is different. It has no secrets. */
  change: string
  changed: Changed
  /** Keys of the nodes, and of the script, of which a walk must run one to notice. */
  keys: readonly string[]
  /** A changed number, and the units of time that it can have. */
  number?: { value: number; units: readonly string[] }
  /** Whether the server would refuse the changed configuration. */
  isRefused: boolean
  apply(bundle: Bundle): Bundle
}

/** A key of a node, for {@link Mutant.keys}. */
export function nodeKey(journey: string, nodeId: string): string {
  return `node ${journey}\n${nodeId}`
}

/** A key of a script, for {@link Mutant.keys}. */
export function scriptKey(id: string): string {
  return `script ${id}`
}

/** Whether the change is inside a node, so that a walk with a stub for it can't notice. */
export function isInside({ changed }: Pick<Mutant, 'changed'>): boolean {
  return changed.kind === 'setting' || changed.kind === 'script'
}

/** Where the files define what a mutant changes. */
export function placeOf({ journey, nodeId, changed }: Mutant, places: Places): Place | undefined {
  switch (changed.kind) {
    case 'node':
      return places.node(journey, nodeId)
    case 'connection':
      return places.connection(journey, nodeId, changed.outcome)
    case 'setting':
      return places.setting(journey, nodeId, changed.name)
    case 'script':
      return places.script(changed.id, changed.line)
  }
}
