import type { Rule } from '../rule.ts'

export const unreachableNode: Rule = {
  id: 'unreachable-node',
  severity: 'hint',
  what: 'No path leads from the start to a node.',
  why: 'It never runs. Other rules ignore it.',
  remedy: 'Connect it or remove it.',
  check({ nodes, reachable }) {
    const reached = new Set(reachable)
    return [...nodes.values()]
      .filter((node) => !reached.has(node))
      .map(({ id, name }) => ({ nodeId: id, message: `No path leads to '${name}'.` }))
  },
}
