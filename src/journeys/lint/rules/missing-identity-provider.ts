import { missingReferences } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingIdentityProvider: Rule = {
  id: 'missing-identity-provider',
  severity: 'warning',
  what: 'A social identity provider that people may choose is not there.',
  why: 'Nobody can sign in with it: it is not offered.',
  remedy: 'Choose others, or set up the one that is missing.',
  check(journey, realm) {
    return missingReferences(journey, 'socialIdentityProvider', realm).map(({ node, id }) => ({
      nodeId: node.id,
      message: `'${node.name}' offers identity provider '${id}', which is not there.`,
    }))
  },
}
