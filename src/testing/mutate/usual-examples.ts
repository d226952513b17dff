import { yamlOf } from '../../walks/walk-yaml.ts'
import type { Mutant } from './mutant.ts'
import type { Expectation, RawWalk } from './walk-variants.ts'

/** What would notice a mutant. */
export type Suggestion = {
  /** What to do with the YAML. */
  advice: string
  yaml: string
  /** The file, and the whole walk for it, if it was played: it passes, and fails with the mutant. */
  proof?: { file: string; walk: RawWalk; isNew: boolean; expectation: Expectation }
}

/** An example for a mutant that no variant of a walk shows. The author has to fill in the answers. */
export function usualExample({ node, kind, change, changed, number }: Mutant): Suggestion {
  const it = kind === 'unreached' ? `runs ${node}` : `notices if ${change.replace(/^it /, `${node} `)}`
  if (changed.kind === 'script') {
    const walk = { it, state: { shared: {} }, outcome: 'true' }
    return {
      advice: 'test the script alone, with the state that reaches this line, for example',
      yaml: yamlOf({ script: changed.name, walks: [walk] }),
    }
  }
  const reaches = {
    advice: 'add a walk whose answers lead here, for example',
    yaml: yamlOf({ walks: [{ it, steps: [], path: ['...', passing(node, changed), '...'] }] }),
  }
  const [unit] = number?.units ?? []
  if (unit !== undefined) {
    const steps = [{ answer: {} }, { wait: `${(number?.value ?? 0) + 1}${unit}` }, { answer: {} }]
    return {
      advice: 'add a walk that waits, for example',
      yaml: yamlOf({ walks: [{ it, steps, ends: 'failure' }] }),
    }
  }
  return reaches
}

function passing(node: string, changed: Mutant['changed']): string {
  return changed.kind === 'connection' ? `${node} → ${changed.outcome}` : node
}
