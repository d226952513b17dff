import { innerTreeEvaluator } from '../../../nodes/utilities/inner-tree-evaluator.ts'
import { pageNode } from '../../../nodes/utilities/page.ts'
import type { Rule } from '../rule.ts'

const illegal: ReadonlySet<string> = new Set([pageNode.type, innerTreeEvaluator.type])

export const pageChildType: Rule = {
  id: 'page-child-type',
  severity: 'error',
  what: 'A page holds a page or an inner journey.',
  why: 'The page fails when it is shown; the vendor refuses to save it.',
  remedy: 'Take the node off the page.',
  check({ reachable }) {
    return reachable.flatMap((page) =>
      page.children
        .filter(({ type }) => illegal.has(type))
        .map(({ id, name, type }) => ({
          nodeId: id,
          message: `'${name}' is of type ${type}, which cannot be on page '${page.name}'.`,
        })),
    )
  },
}
