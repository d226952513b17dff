import { missing } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingTheme: Rule = {
  id: 'missing-theme',
  severity: 'warning',
  what: 'The theme of a page does not exist.',
  why: 'The page has the theme of the journey instead.',
  remedy: 'Choose another theme, or import the missing one.',
  check: missing('theme', (id) => `has theme '${id}'`, 'stage'),
}
