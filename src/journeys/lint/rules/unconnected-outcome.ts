import { isEnd } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const unconnectedOutcome: Rule = {
  id: 'unconnected-outcome',
  severity: 'warning',
  what: 'An outcome of a node leads nowhere.',
  why: 'Taken, it fails the journey.',
  remedy: 'Connect the outcome, to Failure if nothing else fits.',
  check({ nodes, reachable }) {
    return reachable.flatMap(({ id, name, outcomes = [], connections }) =>
      outcomes.flatMap((outcome) => {
        const target = Object.hasOwn(connections, outcome.id) ? connections[outcome.id] : undefined
        if (target !== undefined && (nodes.has(target) || isEnd(target))) return []
        const where = target === undefined ? 'leads nowhere' : 'leads to a node that is not in the journey'
        return [{ nodeId: id, message: `Outcome '${outcome.displayName}' of '${name}' ${where}.` }]
      }),
    )
  },
}
