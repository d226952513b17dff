import { missing } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingJourney: Rule = {
  id: 'missing-journey',
  severity: 'error',
  what: 'The journey that a node runs as an inner journey or starts with a transaction does not exist.',
  why: 'A journey that reaches the node fails.',
  remedy: 'Choose another journey, or import the missing one.',
  check: missing('journey', (id) => `starts journey '${id}'`, 'tree'),
}
