import { missing } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingIdentityProvider: Rule = {
  id: 'missing-identity-provider',
  severity: 'warning',
  what: 'A social identity provider of a node does not exist.',
  why: 'The node does not offer it to people.',
  remedy: 'Choose others, or create the missing one.',
  check: missing('socialIdentityProvider', (id) => `offers identity provider '${id}'`, 'filteredProviders'),
}
