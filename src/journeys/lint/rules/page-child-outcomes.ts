import type { Rule } from '../rule.ts'

export const pageChildOutcomes: Rule = {
  id: 'page-child-outcomes',
  severity: 'error',
  what: 'A node that is not the last of its page has several outcomes.',
  why: 'Only the last node decides the outcome of a page; the outcomes of other nodes are ignored.',
  remedy: 'Make it the last node of the page, or remove it from the page.',
  check({ reachable }) {
    return reachable.flatMap((page) =>
      page.children
        .slice(0, -1)
        .filter(({ outcomes = [] }) => outcomes.length > 1)
        .map(({ id, name }) => ({
          nodeId: id,
          message: `'${name}' has several outcomes and is not the last node of page '${page.name}'.`,
        })),
    )
  },
}
