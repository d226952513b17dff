import { missingReferences } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingJourney: Rule = {
  id: 'missing-journey',
  severity: 'error',
  what: 'The journey that a node starts, inside or as a transaction, is not there.',
  why: 'A login that comes to the node fails.',
  remedy: 'Choose another journey, or import the one that is missing.',
  check(journey, realm) {
    return missingReferences(journey, 'journey', realm).map(({ node, id }) => ({
      nodeId: node.id,
      message: `'${node.name}' starts journey '${id}', which is not there.`,
    }))
  },
}
