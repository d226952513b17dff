import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  isProtectedProperty,
  journeyProperties,
  systemProperties,
} from '../../src/engine/system-properties.ts'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const protectedNames = [...systemProperties, ...journeyProperties]
const forged = 'forged-value'
const scriptOf = (name: string) => `
  try { action.goTo('next').putSessionProperty(${JSON.stringify(name)}, '${forged}') } catch (error) { action.goTo('next') }
`

let server: TestServer
let ask: Ask
beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    // Another realm shows clients the same names.
    for (const realm of ['/alpha', '/beta']) {
      await saveRealm(stores, realm, { visibleSessionProperties: [...protectedNames, 'colour'] })
    }
    const name = { type: 'UsernameCollectorNode', to: { outcome: 'write' } }
    for (const property of systemProperties) {
      await saveJourney(
        stores,
        `Script ${property}`,
        {
          name,
          write: await scripted(stores, `write ${property}`, scriptOf(property), { next: 'success' }),
        },
        { noSession: false },
      )
      await saveJourney(
        stores,
        `Node ${property}`,
        {
          name,
          write: {
            type: 'SetSessionPropertiesNode',
            config: { properties: { [property]: forged } },
            to: { outcome: 'success' },
          },
        },
        { noSession: false },
      )
    }
  })
  ask = asking(server.url, await signIn(server.url, 'alex', 'Alex-Pass-2026'))
})
afterAll(() => server.stop())

const at = (realm: string, action: string) => `/realms/root/realms/${realm}/sessions?_action=${action}`
const read = async (as?: string) => {
  const { body } = await ask(at('alpha', 'getSessionProperties'), {
    method: 'POST',
    body: {},
    ...(as && { as }),
  })
  return body as Record<string, string>
}

test('the methods and all properties about who signed in and how are protected', () => {
  for (const name of ['amr', 'deviceManagement', 'cnf', 'AuthLevel', 'UserId', 'Service', 'authInstant']) {
    expect(isProtectedProperty(name)).toBe(true)
  }
  expect(isProtectedProperty('colour')).toBe(false)
})

test.each(protectedNames)('no client writes %s, in its realm or by the path of another', async (name) => {
  const before = await read()
  for (const realm of ['alpha', 'beta']) {
    for (const body of [{ [name]: forged }, { colour: 'red', [name]: forged }]) {
      expect((await ask(at(realm, 'updateSessionProperties'), { method: 'POST', body })).status).toBe(403)
    }
  }
  expect(await read()).toEqual(before)
})

test.each([...systemProperties].flatMap((name) => [`Script ${name}`, `Node ${name}`]))(
  'no journey writes a system property: %s',
  async (journey) => {
    const end = await answerStep(server.url, await startJourney(server.url, journey), ['alex'])
    const token = end.body.tokenId
    if (typeof token !== 'string') return expect(end.status).toBe(401)
    expect(Object.values(await read(token))).not.toContain(forged)
  },
)
