import type { Rule } from '../rule.ts'

export const unknownOutcome: Rule = {
  id: 'unknown-outcome',
  severity: 'warning',
  what: 'A connection begins at an outcome that the node does not have.',
  why: 'The node never takes it; often its settings have changed.',
  remedy: 'Remove the connection, or change the settings of the node.',
  check({ reachable }) {
    return reachable.flatMap(({ id, name, outcomes, connections }) =>
      Object.keys(connections)
        .filter((outcome) => outcomes?.every((each) => each.id !== outcome))
        .map((outcome) => ({
          nodeId: id,
          message: `'${name}' has no outcome '${outcome}', and it is connected.`,
        })),
    )
  },
}
