import { missingReferences } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingIdentityProvider: Rule = {
  id: 'missing-identity-provider',
  severity: 'warning',
  what: 'A social identity provider of a node does not exist.',
  why: 'The node does not offer it to people.',
  remedy: 'Choose others, or create the missing one.',
  check(journey, realm) {
    return missingReferences(journey, 'socialIdentityProvider', realm).map(({ node, id }) => ({
      nodeId: node.id,
      setting: 'filteredProviders',
      message: `'${node.name}' offers identity provider '${id}', which does not exist.`,
    }))
  },
}
