import type { Rule } from '../rule.ts'

export const pageChildOutcomes: Rule = {
  id: 'page-child-outcomes',
  severity: 'error',
  what: 'A node that is not the last of its page has several outcomes.',
  why: 'The last node alone decides where a page leads: what the others decide is lost.',
  remedy: 'Make it the last node of the page, or take it off the page.',
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
