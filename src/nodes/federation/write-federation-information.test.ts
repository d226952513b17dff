import { beforeEach, expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { writeFederationInformation } from './write-federation-information.ts'

const key = 'sun-fm-saml2-nameid-infokey'
const info = 'sun-fm-saml2-nameid-info'
let person: Person
let changes: JsonObject | undefined

beforeEach(() => {
  person = { _id: 'u-1', userName: 'ann' }
  changes = undefined
})

const identities: Partial<IdentityPort> = {
  find: async (name) => (name === person.userName ? person : undefined),
  patch: async (_id, changed) => {
    changes = changed
  },
}

const run = (shared: JsonObject) =>
  runNode(writeFederationInformation, { shared, ports: { identities: identities as IdentityPort } })

const userInfo = { attributes: { [key]: ['sp|idp|ann-1'], [info]: ['everything'], mail: ['x@example.com'] } }

test('writes the linking attributes only', async () => {
  expect(outcomeOf((await run({ username: 'ann', userInfo })).action)).toBe('outcome')
  expect(changes).toEqual({ [key]: ['sp|idp|ann-1'], [info]: ['everything'] })
})

test('keeps other links and adds none twice', async () => {
  person = { ...person, [key]: ['sp|other|ann', 'sp|idp|ann-1'], [info]: 'single' }
  await run({ username: 'ann', userInfo })
  expect(changes).toEqual({ [key]: ['sp|other|ann', 'sp|idp|ann-1'], [info]: ['single', 'everything'] })
})

test('continues if there is nothing to link', async () => {
  expect(outcomeOf((await run({ username: 'ann', userInfo: { attributes: {} } })).action)).toBe('outcome')
  expect(outcomeOf((await run({ username: 'ann' })).action)).toBe('outcome')
  expect(changes).toBeUndefined()
})

test.each([
  ['a missing username', {}],
  ['an unknown person', { username: 'ben' }],
])('fails for %s', async (_, shared) => {
  expect((await run({ ...shared, userInfo })).action.kind).toBe('error')
})
