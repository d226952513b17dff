import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'

let server: TestServer
let ask: Ask
beforeAll(async () => {
  server = await startPrepared(async () => undefined, { withSamples: false })
  ask = asking(server.url, await signInAsAdministrator(server.url))
})
afterAll(() => server.stop())

const create = (userName: string, password: string) =>
  ask('/openidm/managed/alpha_user?_action=create', {
    method: 'POST',
    body: { userName, givenName: 'Kim', sn: 'Lee', mail: `${userName}@example.com`, password },
  })

test('a new realm requires fifteen characters', async () => {
  const { status, body } = await create('kim.one', 'k3nVq8-ssWp0xY')
  expect([status, body.message]).toEqual([403, 'Policy validation failed: password MIN_LENGTH'])
  expect((await create('kim.two', 'k3nVq8-ssWp0xYz')).status).toBe(201)
})

test.each([
  ['a common one', 'mailcreated5240'],
  ['a common one, repeated', 'dragondragondragon'],
  ['little more than the username', 'KIM.three.three-26'],
])('a new realm rejects a password that is %s', async (_case, password) => {
  const { status, body } = await create('kim.three', password)
  expect([status, body.message]).toEqual([403, 'Policy validation failed: password DICTIONARY'])
})
