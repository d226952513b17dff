import type { Rule } from '../rule.ts'

export const selfConnection: Rule = {
  id: 'self-connection',
  severity: 'error',
  what: 'An outcome is connected to its own node.',
  why: 'AM refuses to save the journey.',
  remedy: 'Put another node between, such as Retry Limit Decision.',
  check({ reachable }) {
    return reachable.flatMap(({ id, name, connections }) =>
      Object.entries(connections)
        .filter(([, target]) => target === id)
        .map(([outcome]) => ({
          nodeId: id,
          outcome,
          message: `Outcome '${outcome}' of '${name}' is connected to the node itself.`,
        })),
    )
  },
}
