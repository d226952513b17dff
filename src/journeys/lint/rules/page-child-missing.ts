import { pageNode } from '../../../nodes/utilities/page.ts'
import type { Rule } from '../rule.ts'

export const pageChildMissing: Rule = {
  id: 'page-child-missing',
  severity: 'error',
  what: 'A page has no nodes.',
  why: 'The page fails when it is shown.',
  remedy: 'Put a node on the page, or remove the page.',
  check({ reachable }) {
    return reachable
      .filter(({ type, children }) => type === pageNode.type && children.length === 0)
      .map(({ id, name }) => ({ nodeId: id, message: `Page '${name}' has no nodes.` }))
  },
}
