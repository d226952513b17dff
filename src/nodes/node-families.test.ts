import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { familyOf, nodeFamilies } from './node-families.ts'

test.each([
  ['PageNode', 'collect'],
  ['IdentifyExistingUserNode', 'identity'],
  ['DataStoreDecisionNode', 'identity'],
  ['ScriptedDecisionNode', 'decide'],
  ['BackChannelStatusNode', 'backchannel'],
  ['WebAuthnRegistrationNode', 'device'],
  ['DeviceMatchNode', 'device'],
  ['PollingWaitNode', 'flow'],
])('%s is of the family %s', (type, family) => {
  const known = catalogue.find((each) => each.type === type)
  expect(known).toBeDefined()
  expect(familyOf(type, known)).toBe(family)
})

test('types that are not of this server have a family, too', () => {
  expect(familyOf('designer-a1', undefined)).toBe('custom')
  expect(familyOf('PingOneProtectDecisionNode', undefined)).toBe('decide')
  expect(familyOf('NobodyKnowsNode', undefined)).toBe('flow')
})

test('no family is empty but that of custom nodes', () => {
  const used = new Set(catalogue.map((type) => familyOf(type.type, type)))
  expect([...used, 'custom'].toSorted()).toEqual(Object.keys(nodeFamilies).toSorted())
})
