import { isEnd } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const unconnectedOutcome: Rule = {
  id: 'unconnected-outcome',
  severity: 'warning',
  what: 'An outcome of a node is not connected.',
  why: 'The journey fails when the node ends with this outcome.',
  remedy: 'Connect the outcome, for example to Failure.',
  check({ nodes, reachable }) {
    return reachable.flatMap(({ id, name, outcomes = [], connections }) =>
      outcomes.flatMap((outcome) => {
        const target = Object.hasOwn(connections, outcome.id) ? connections[outcome.id] : undefined
        if (target !== undefined && (nodes.has(target) || isEnd(target))) return []
        const where =
          target === undefined ? 'is not connected' : 'is connected to a node that is not in the journey'
        const message = `Outcome '${outcome.displayName}' of '${name}' ${where}.`
        return [{ nodeId: id, outcome: outcome.id, message }]
      }),
    )
  },
}
