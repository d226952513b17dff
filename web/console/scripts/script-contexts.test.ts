import { expect, it } from 'vitest'
import { typeTitle } from './script-contexts.ts'

it.each([
  ['AUTHENTICATION_TREE_DECISION_NODE', '2.0', 'Journey decision node'],
  ['AUTHENTICATION_TREE_DECISION_NODE', '1.0', 'Journey decision node (legacy)'],
  ['OIDC_CLAIMS', '1.0', 'oidc claims (legacy)'],
])('a script of %s with the engine %s is a %s', (context, evaluatorVersion, title) => {
  expect(typeTitle({ context, evaluatorVersion })).toBe(title)
})
