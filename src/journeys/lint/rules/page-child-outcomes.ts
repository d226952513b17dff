import { firstDecider, type LintedNode } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const pageChildOutcomes: Rule = {
  id: 'page-child-outcomes',
  severity: 'error',
  what: 'A node that does not decide the outcome of its page has several outcomes.',
  why: 'The last node decides the outcome of a page, in version 2.0 also standalone nodes at its end. Outcomes of others are ignored.',
  remedy: 'Make it the last node of the page that is not standalone, or remove it from the page.',
  check({ reachable }) {
    return reachable.flatMap((page) =>
      ignored(page)
        .filter(({ outcomes = [] }) => outcomes.length > 1)
        .map(({ id, name }) => ({
          nodeId: id,
          message: `'${name}' has several outcomes and does not decide the outcome of page '${page.name}'.`,
        })),
    )
  },
}

/** The nodes of a page none of whose outcomes is an outcome of the page. */
function ignored(page: LintedNode): readonly LintedNode[] {
  const first = firstDecider(page, page.children)
  const decides = page.children[first]
  const isHandedOver =
    decides !== undefined &&
    page.outcomes !== undefined &&
    page.version !== '1.0' &&
    !page.outcomes.some(({ id }) => id.startsWith(`${decides.id}-`))
  return page.children.slice(0, isHandedOver ? first + 1 : first)
}
