import { isEnd } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const noEntry: Rule = {
  id: 'no-entry',
  severity: 'error',
  what: 'A journey has no node to begin with.',
  why: 'Whoever starts it gets an error.',
  remedy: 'Connect the start to a node.',
  check({ document }) {
    const { entryNodeId, nodes } = document
    if (Object.hasOwn(nodes, entryNodeId) || isEnd(entryNodeId)) return []
    return [
      {
        message:
          Object.keys(nodes).length === 0 ? 'The journey has no nodes.' : 'The journey begins nowhere.',
      },
    ]
  },
}
