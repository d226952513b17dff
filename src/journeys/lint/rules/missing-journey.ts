import { missingReferences } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingJourney: Rule = {
  id: 'missing-journey',
  severity: 'error',
  what: 'The journey that a node runs as an inner journey or starts with a transaction does not exist.',
  why: 'A journey that reaches the node fails.',
  remedy: 'Choose another journey, or import the missing one.',
  check(journey, realm) {
    return missingReferences(journey, 'journey', realm).map(({ node, id }) => ({
      nodeId: node.id,
      setting: 'tree',
      message: `'${node.name}' starts journey '${id}', which does not exist.`,
    }))
  },
}
