import { innerTreeEvaluator } from '../../../nodes/utilities/inner-tree-evaluator.ts'
import { pageNode } from '../../../nodes/utilities/page.ts'
import type { Rule } from '../rule.ts'

const illegal: ReadonlySet<string> = new Set([pageNode.type, innerTreeEvaluator.type])

export const pageChildType: Rule = {
  id: 'page-child-type',
  severity: 'error',
  what: 'A page contains a page or an inner journey.',
  why: 'The page fails when it is shown, and AM refuses to save it.',
  remedy: 'Remove the node from the page.',
  check({ reachable }) {
    return reachable.flatMap((page) =>
      page.children
        .filter(({ type }) => illegal.has(type))
        .map(({ id, name, type }) => ({
          nodeId: id,
          message: `'${name}' is of type ${type}, which is not allowed on page '${page.name}'.`,
        })),
    )
  },
}
