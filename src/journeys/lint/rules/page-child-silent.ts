import { isInteractive } from '../../../engine/node-type.ts'
import { innerTreeEvaluator } from '../../../nodes/utilities/inner-tree-evaluator.ts'
import type { Rule } from '../rule.ts'

export const pageChildSilent: Rule = {
  id: 'page-child-silent',
  severity: 'warning',
  what: 'A page contains a node that asks for nothing, such as a Data Store Decision.',
  why: 'It runs each time the page is shown, also before anything is entered, and can end the journey.',
  remedy: 'Put the node after the page.',
  check({ reachable }) {
    return reachable.flatMap((page) =>
      page.children
        .filter(
          ({ type, nodeType }) => nodeType && !isInteractive(nodeType) && type !== innerTreeEvaluator.type,
        )
        .map(({ id, name }) => ({
          nodeId: id,
          message: `'${name}' asks for nothing, and runs each time page '${page.name}' is shown.`,
        })),
    )
  },
}
