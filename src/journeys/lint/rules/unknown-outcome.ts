import type { Rule } from '../rule.ts'

export const unknownOutcome: Rule = {
  id: 'unknown-outcome',
  severity: 'warning',
  what: 'A connection starts at an outcome that the node does not have.',
  why: 'The connection is never used. Often the settings of the node have changed.',
  remedy: 'Remove the connection, or change the settings of the node.',
  check({ reachable }) {
    return reachable.flatMap(({ id, name, outcomes, connections }) =>
      Object.keys(connections)
        .filter((outcome) => outcomes?.every((each) => each.id !== outcome))
        .map((outcome) => ({
          nodeId: id,
          outcome,
          message: `'${name}' has no outcome '${outcome}', but it is connected.`,
        })),
    )
  },
}
