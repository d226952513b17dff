import { isEnd } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const noEntry: Rule = {
  id: 'no-entry',
  severity: 'error',
  what: 'A journey has no first node.',
  why: 'Every start of the journey fails.',
  remedy: 'Connect the start to a node.',
  check({ document }) {
    const { entryNodeId, nodes } = document
    if (Object.hasOwn(nodes, entryNodeId) || isEnd(entryNodeId)) return []
    return [
      {
        setting: 'entryNodeId',
        message:
          Object.keys(nodes).length === 0
            ? 'The journey has no nodes.'
            : 'The start is not connected to a node of the journey.',
      },
    ]
  },
}
