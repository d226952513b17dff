import { missingReferences } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingTheme: Rule = {
  id: 'missing-theme',
  severity: 'warning',
  what: 'The theme of a page does not exist.',
  why: 'The page has the theme of the journey instead.',
  remedy: 'Choose another theme, or import the missing one.',
  check(journey, realm) {
    return missingReferences(journey, 'theme', realm).map(({ node, id }) => ({
      nodeId: node.id,
      setting: 'stage',
      message: `'${node.name}' has theme '${id}', which does not exist.`,
    }))
  },
}
