import type { Rule } from '../rule.ts'

export const selfConnection: Rule = {
  id: 'self-connection',
  severity: 'error',
  what: 'An outcome leads back to its own node.',
  why: 'The vendor refuses to save such a journey.',
  remedy: 'Put a node between, one that asks or counts.',
  check({ reachable }) {
    return reachable.flatMap(({ id, name, connections }) =>
      Object.entries(connections)
        .filter(([, target]) => target === id)
        .map(([outcome]) => ({
          nodeId: id,
          message: `Outcome '${outcome}' of '${name}' leads back to the node itself.`,
        })),
    )
  },
}
