import { missingReferences } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingTheme: Rule = {
  id: 'missing-theme',
  severity: 'warning',
  what: 'The theme of a page is not there.',
  why: 'The page looks as the other pages of the journey do.',
  remedy: 'Choose another theme, or import the one that is missing.',
  check(journey, realm) {
    return missingReferences(journey, 'theme', realm).map(({ node, id }) => ({
      nodeId: node.id,
      message: `'${node.name}' has theme '${id}', which is not there.`,
    }))
  },
}
